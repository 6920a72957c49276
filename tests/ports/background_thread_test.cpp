#include "ports/background_thread.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

namespace gongji {
namespace {

int niceness() { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())); }

TEST(BackgroundThread, StepsBackBehindTheOthersAndChangesNobodyElse) {
  const int usual = niceness();
  int stepped_back = 0;
  std::thread{[&] {
    step_back("background");
    stepped_back = niceness();
  }}.join();
  EXPECT_EQ(stepped_back, std::max(usual, 10));
  EXPECT_EQ(niceness(), usual);
}

}  // namespace
}  // namespace gongji
