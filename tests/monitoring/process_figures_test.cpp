#include "monitoring/process_figures.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

namespace gongji::monitoring {
namespace {

TEST(ProcessFigures, are_those_of_this_process) {
  const ProcessFigures before = process_figures();
  EXPECT_GT(before.resident_bytes, 1e6);
  EXPECT_GE(before.threads, 1);
  EXPECT_GT(before.max_fds, before.open_fds);
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  EXPECT_LE(before.start_time_seconds, now.count() + 1);
  EXPECT_GT(before.start_time_seconds, now.count() - 3600);
  const std::ifstream more{"/proc/self/stat"};
  const ProcessFigures after = process_figures();
  EXPECT_EQ(after.open_fds, before.open_fds + 1);
  EXPECT_GE(after.cpu_seconds, before.cpu_seconds);
  EXPECT_EQ(after.start_time_seconds, before.start_time_seconds) << "or it looks like a restart";
}

}  // namespace
}  // namespace gongji::monitoring
