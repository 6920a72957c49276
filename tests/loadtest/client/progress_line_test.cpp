#include "loadtest/client/progress_line.hpp"

#include <gtest/gtest.h>

namespace gongji::loadtest {
namespace {

TEST(ProgressText, shows_share_rate_and_time_left) {
  const std::string text = progress_text(250, 1000, "lines", std::chrono::duration<double>{2.5});
  EXPECT_EQ(text, "[======>                 ] 25 %  250 lines  100/s  8 s left");
  EXPECT_EQ(progress_text(1000, 1000, "lines", std::chrono::duration<double>{10}),
            "[========================] 100 %  1,000 lines  100/s");
  EXPECT_EQ(progress_text(5, 0, "lines", std::chrono::duration<double>{0}), "5 lines  0/s");
}

TEST(ProgressText, writes_numbers_and_durations_for_the_eye) {
  EXPECT_EQ(with_thousands(0), "0");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(1234567), "1,234,567");
  EXPECT_EQ(short_duration(-1), "0 s");
  EXPECT_EQ(short_duration(59.4), "59 s");
  EXPECT_EQ(short_duration(65), "1 min 05 s");
  EXPECT_EQ(short_duration(3720), "1 h 02 min");
}

}  // namespace
}  // namespace gongji::loadtest
