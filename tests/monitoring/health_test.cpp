#include "monitoring/health.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace gongji::monitoring {
namespace {

TEST(Health, a_new_process_lives_but_is_not_ready) {
  const Health health;
  EXPECT_TRUE(health.live());
  EXPECT_FALSE(health.ready());
  EXPECT_EQ(health.obstacles(), std::vector{Obstacle::kReplayingJournal});
}

TEST(Health, is_ready_once_the_journal_is_replayed) {
  Health health;
  health.journal_replayed();
  EXPECT_TRUE(health.ready());
  EXPECT_TRUE(health.obstacles().empty());
}

TEST(Health, draining_is_for_good) {
  Health health;
  health.journal_replayed();
  health.draining();
  health.journal_replayed();
  EXPECT_FALSE(health.ready());
  EXPECT_TRUE(health.live()) << "what is in flight is still being finished";
  EXPECT_EQ(health.obstacles(), std::vector{Obstacle::kDraining});
}

TEST(Health, a_failed_journal_ends_life_and_readiness_for_good) {
  Health health;
  health.journal_replayed();
  health.journal_failed();
  health.journal_replayed();
  EXPECT_FALSE(health.ready());
  EXPECT_FALSE(health.live());
  EXPECT_EQ(health.obstacles(), std::vector{Obstacle::kJournalFailed});
}

TEST(Health, what_may_pass_comes_and_goes) {
  Health health;
  health.journal_replayed();
  health.journal_stalled(true);
  health.disk_low(true);
  EXPECT_FALSE(health.ready());
  EXPECT_TRUE(health.live()) << "a restart makes no disk faster and no room";
  health.journal_stalled(false);
  EXPECT_EQ(health.obstacles(), std::vector{Obstacle::kDiskLow});
  health.disk_low(false);
  EXPECT_TRUE(health.ready());
}

TEST(Health, obstacles_add_up_from_any_thread) {
  Health health;
  std::thread one{[&] { health.journal_failed(); }};
  std::thread other{[&] { health.draining(); }};
  one.join();
  other.join();
  EXPECT_EQ(health.obstacles(), (std::vector{Obstacle::kReplayingJournal, Obstacle::kJournalFailed,
                                             Obstacle::kDraining}));
}

TEST(Health, every_obstacle_has_a_name_of_its_own) {
  std::set<std::string_view> names;
  for (std::uint8_t i = 0; i < kObstacleCount; ++i)
    EXPECT_TRUE(names.insert(to_text(static_cast<Obstacle>(i))).second);
}

}  // namespace
}  // namespace gongji::monitoring
