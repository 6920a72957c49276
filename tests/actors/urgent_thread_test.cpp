#include "actors/urgent_thread.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <thread>

namespace gongji::actors {
namespace {

int policy() { return ::sched_getscheduler(0) & ~SCHED_RESET_ON_FORK; }

TEST(UrgentThread, GoesFirstWhereItMayAndChangesNobodyElse) {
  const int usual = policy();
  bool allowed = false;
  int of_urgent = -1;
  int of_its_child = -1;
  std::thread{[&] {
    allowed = go_first("urgent");
    of_urgent = policy();
    std::thread{[&] { of_its_child = policy(); }}.join();
  }}.join();
  EXPECT_EQ(of_urgent, allowed ? SCHED_RR : usual);
  EXPECT_EQ(of_its_child, usual);
  EXPECT_EQ(policy(), usual);
}

}  // namespace
}  // namespace gongji::actors
