#include "loadtest/schedule.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace gongji::loadtest {
namespace {

using namespace std::chrono_literals;

std::vector<Nanoseconds> take_all(Schedule& schedule, Nanoseconds now) {
  std::vector<Nanoseconds> taken;
  while (const auto due = schedule.take(now)) taken.push_back(*due);
  return taken;
}

TEST(ClosedLoop, is_always_due_until_its_end) {
  const auto schedule = make_schedule({.duration = 1s});
  EXPECT_EQ(schedule->take(0ns), Nanoseconds{0});
  EXPECT_EQ(schedule->take(999ms), Nanoseconds{999ms});
  EXPECT_FALSE(schedule->take(1s));
  EXPECT_FALSE(schedule->finished(999ms));
  EXPECT_TRUE(schedule->finished(1s));
  EXPECT_FALSE(schedule->next_due());
}

TEST(ClosedLoop, ends_after_its_count) {
  const auto schedule = make_schedule({.count = 3});
  EXPECT_EQ(take_all(*schedule, 5s).size(), 3u);
  EXPECT_TRUE(schedule->finished(5s));
}

TEST(OpenLoop, spaces_messages_evenly) {
  const auto schedule = make_schedule({.duration = 1s, .rate = 10});
  EXPECT_EQ(schedule->next_due(), Nanoseconds{100ms});
  EXPECT_FALSE(schedule->take(99ms));
  EXPECT_EQ(schedule->take(100ms), Nanoseconds{100ms});
  EXPECT_EQ(schedule->next_due(), Nanoseconds{200ms});
}

// The point of the open loop: a stall of the gateway moves no due time.
TEST(OpenLoop, keeps_the_due_times_of_messages_that_had_to_wait) {
  const auto schedule = make_schedule({.duration = 1s, .rate = 1000});
  const auto punctual = schedule->take(1ms);
  ASSERT_TRUE(punctual);
  const auto late = take_all(*schedule, 500ms);  // nothing was taken for half a second
  ASSERT_EQ(late.size(), 499u);
  for (std::size_t i = 0; i < late.size(); ++i)
    EXPECT_NEAR(static_cast<double>(late[i].count()), static_cast<double>(i + 2) * 1e6, 1);
}

TEST(OpenLoop, does_not_drift_at_high_rates) {
  const auto schedule = make_schedule({.duration = 10s, .rate = 130'000});
  const auto all = take_all(*schedule, 10s);
  EXPECT_NEAR(static_cast<double>(all.size()), 1'300'000, 1);
}

TEST(OpenLoop, poisson_arrivals_have_the_rate_and_vary) {
  const auto schedule =
      make_schedule({.duration = 100s, .rate = 1000, .arrivals = Arrivals::kPoisson, .seed = 3});
  const auto all = take_all(*schedule, 100s);
  EXPECT_NEAR(static_cast<double>(all.size()), 100'000, 1500);
  std::size_t short_gaps = 0;
  for (std::size_t i = 1; i < all.size(); ++i) short_gaps += all[i] - all[i - 1] < 500us ? 1 : 0;
  // 1 - e^-0.5 of an exponential's gaps are below half the mean.
  EXPECT_NEAR(static_cast<double>(short_gaps) / static_cast<double>(all.size()), 0.393, 0.01);
}

TEST(OpenLoop, ramps_up_to_its_rate_at_half_time_and_down_again) {
  const auto schedule = make_schedule({.duration = 100s, .rate = 1000, .shape = Shape::kPeak});
  const auto all = take_all(*schedule, 100s);
  std::vector<int> per_second(100);
  for (const Nanoseconds due : all) ++per_second.at(static_cast<std::size_t>(due / 1s));
  EXPECT_NEAR(per_second[0], 109, 10);
  EXPECT_NEAR(per_second[49], 990, 10);
  EXPECT_NEAR(per_second[99], 109, 10);
}

TEST(OpenLoop, climbs_to_its_rate_at_the_end) {
  const auto schedule = make_schedule({.duration = 100s, .rate = 1000, .shape = Shape::kClimb});
  const auto all = take_all(*schedule, 100s);
  std::vector<int> per_second(100);
  for (const Nanoseconds due : all) ++per_second.at(static_cast<std::size_t>(due / 1s));
  EXPECT_NEAR(per_second[0], 105, 10);
  EXPECT_NEAR(per_second[49], 546, 10);
  EXPECT_NEAR(per_second[99], 995, 10);
}

TEST(ScheduleShare, divides_count_and_rate_without_a_rest) {
  LoadOptions options;
  options.threads = 3;
  options.count = 10;
  options.rate = 30;
  std::uint64_t count = 0;
  double rate = 0;
  for (unsigned i = 0; i < options.threads; ++i) {
    const ScheduleOptions share = schedule_share(options, i);
    EXPECT_GT(share.count, 0u);
    count += share.count;
    rate += share.rate;
  }
  EXPECT_EQ(count, 10u);
  EXPECT_DOUBLE_EQ(rate, 30);
}

}  // namespace
}  // namespace gongji::loadtest
