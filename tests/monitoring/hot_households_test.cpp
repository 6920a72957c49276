#include "monitoring/hot_households.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace gongji::monitoring {
namespace {

using namespace std::chrono_literals;

class HotHouseholdsTest : public testing::Test {
 protected:
  void note(std::uint64_t household, int times) {
    for (int i = 0; i < times; ++i) block_->households.note(household);
  }
  void look(std::chrono::seconds later = 1s) { hot_.look({block_.get()}, now_ += later); }

  std::unique_ptr<ThreadCounts> block_ = std::make_unique<ThreadCounts>();
  HotHouseholds hot_;
  std::chrono::steady_clock::time_point now_{1h};
};

TEST_F(HotHouseholdsTest, the_busiest_come_first) {
  note(1, 10);
  note(2, 30);
  note(3, 20);
  look();
  const auto top = hot_.top(2);
  ASSERT_EQ(top.size(), 2U);
  EXPECT_EQ(top[0].household, 2U);
  EXPECT_EQ(top[1].household, 3U);
  EXPECT_DOUBLE_EQ(hot_.top_share(), 0.5);
}

TEST_F(HotHouseholdsTest, a_look_counts_what_came_since_the_last_one) {
  note(1, 60);
  look();
  look(1s);
  EXPECT_NEAR(hot_.top(1)[0].per_second, 1, 0.05);
}

TEST_F(HotHouseholdsTest, what_was_hot_is_forgotten_after_some_minutes) {
  note(1, 1000);
  look();
  look(900s);
  EXPECT_TRUE(hot_.top(1).empty());
  EXPECT_EQ(hot_.top_share(), 0);
}

TEST_F(HotHouseholdsTest, more_than_the_ring_holds_is_estimated_from_its_end) {
  note(1, 2 * static_cast<int>(HouseholdRing::kSize));
  note(2, static_cast<int>(HouseholdRing::kSize) / 2);
  note(3, static_cast<int>(HouseholdRing::kSize) / 2);
  look();
  EXPECT_DOUBLE_EQ(hot_.top_share(), 0.5);
  EXPECT_EQ(hot_.top(9).size(), 2U);
}

TEST_F(HotHouseholdsTest, among_very_many_only_those_that_stand_out_are_remembered) {
  note(7, 50);
  for (std::uint64_t household = 1'000; household < 101'000; ++household) {
    note(household, 1);
    if (household % 1'000 == 0) look(0s);
  }
  const auto all = hot_.top(1'000'000);
  EXPECT_LE(all.size(), 8'192U);
  EXPECT_EQ(all[0].household, 7U);
  EXPECT_NEAR(hot_.top_share(), 50.0 / 100'050, 1e-5);
}

TEST_F(HotHouseholdsTest, a_household_is_masked) {
  EXPECT_EQ(masked(1234567), "…567");
  EXPECT_EQ(masked(7), "…007");
}

}  // namespace
}  // namespace gongji::monitoring
