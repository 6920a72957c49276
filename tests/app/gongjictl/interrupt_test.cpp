#include "app/gongjictl/interrupt.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace gongji::ctl {
namespace {

using namespace std::chrono_literals;

TEST(Interrupt, ends_a_pause_and_not_the_process) {
  const Interrupt interrupt;
  EXPECT_TRUE(interrupt.sleep(0ms));
  std::raise(SIGINT);
  EXPECT_FALSE(interrupt.sleep(1h));
}

TEST(Interrupt, starts_afresh_each_time) {
  {
    const Interrupt before;
    std::raise(SIGTERM);
  }
  const Interrupt interrupt;
  EXPECT_TRUE(interrupt.sleep(0ms));
}

}  // namespace
}  // namespace gongji::ctl
