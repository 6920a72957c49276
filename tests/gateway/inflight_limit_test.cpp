#include "gateway/inflight_limit.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gongji::gateway {
namespace {

using std::chrono::milliseconds;

constexpr double kWindow_s = 0.25;
constexpr unsigned kMax = 4096;

// A gateway that is always asked for more than it can do: it does so many a second at most, and
// nothing in less than `latency_s`.
struct Overloaded {
  double per_s_max;
  double latency_s;
  InflightLimit limit{kMax, milliseconds{100}};

  double left_per_s() const { return std::min(per_s_max, limit.limit() / latency_s); }
  double wait_s() const { return limit.limit() / left_per_s(); }
  void run(int windows) {
    for (int i = 0; i < windows; ++i)
      limit.after({kWindow_s, left_per_s() * kWindow_s, double(limit.limit()), true});
  }
};

TEST(InflightLimit, AQueueIsShortenedUntilNobodyWaitsLongAndNothingIsLost) {
  Overloaded slow_processor{5'000, 0.005};
  EXPECT_GT(slow_processor.wait_s(), 0.8);
  slow_processor.run(20);
  for (int i = 0; i < 100; ++i) {
    slow_processor.run(1);
    EXPECT_LT(slow_processor.wait_s(), 0.13);
    EXPECT_EQ(slow_processor.left_per_s(), 5'000);
  }
}

TEST(InflightLimit, AFastGatewayIsLeftAlone) {
  Overloaded fast{50'000, 0.005};
  fast.run(100);
  EXPECT_EQ(fast.limit.limit(), kMax);
}

// Everybody waits for the disk, however few they are: turning more away would only do less.
TEST(InflightLimit, ASlowDiskIsNotMistakenForAQueue) {
  Overloaded slow_disk{1'000'000, 0.3};
  double left = 0;
  constexpr int kWindows = 400;
  for (int i = 0; i < kWindows; ++i) {
    slow_disk.run(1);
    left += slow_disk.left_per_s();
  }
  EXPECT_GT(left / kWindows, 0.95 * kMax / 0.3);
}

TEST(InflightLimit, ItRisesAgainWhenTheRushIsOver) {
  Overloaded slow_processor{5'000, 0.005};
  slow_processor.run(50);
  EXPECT_LT(slow_processor.limit.limit(), 700u);
  for (int i = 0; i < 20; ++i) slow_processor.limit.after({kWindow_s, 100, 3, false});
  EXPECT_EQ(slow_processor.limit.limit(), kMax);
}

TEST(InflightLimit, ADiskThatHangsTeachesNothing) {
  InflightLimit limit{kMax, milliseconds{100}};
  for (int i = 0; i < 100; ++i) limit.after({kWindow_s, 0, kMax, true});
  EXPECT_EQ(limit.limit(), kMax);
}

TEST(InflightLimit, SwitchedOffItStaysWhereItIs) {
  InflightLimit limit{kMax, milliseconds{0}};
  for (int i = 0; i < 100; ++i) limit.after({kWindow_s, 100, kMax, true});
  EXPECT_EQ(limit.limit(), kMax);
}

TEST(InflightLimit, AFewAreAlwaysLetInButNeverMoreThanAllowed) {
  for (const unsigned inflight_max : {1000u, 10u}) {
    InflightLimit limit{inflight_max, milliseconds{100}};
    for (int i = 0; i < 100; ++i) limit.after({kWindow_s, 10, double(limit.limit()), true});
    EXPECT_EQ(limit.limit(), std::min(inflight_max, 64u));
  }
}

}  // namespace
}  // namespace gongji::gateway
