#include "loadtest/disk_watch.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

namespace gongji::loadtest {
namespace {

using std::chrono::milliseconds;

TimePoint at_ms(int ms) { return TimePoint{milliseconds{ms}}; }

// A sync from 100 to 120 ms, with 5 ms for a stall: its traces last until 140.
TEST(StallRecord, tells_who_met_a_stall) {
  StallRecord stalls{milliseconds{5}};
  stalls.sync_begins(at_ms(100));
  ASSERT_TRUE(stalls.sync_ended(at_ms(120)));
  struct Row {
    const char* message;
    int from, to;
    bool met;
  };
  for (const Row& row : {Row{"began before it", 90, 121, true}, Row{"began in it", 110, 125, true},
                         Row{"came while its queue was worked off", 139, 141, true},
                         Row{"came when all was over", 141, 150, false}})
    EXPECT_EQ(stalls.met_between(at_ms(row.from), at_ms(row.to)), row.met) << row.message;
}

TEST(StallRecord, a_short_sync_is_none) {
  StallRecord stalls{milliseconds{5}};
  stalls.sync_begins(at_ms(100));
  EXPECT_FALSE(stalls.sync_ended(at_ms(104)));
  EXPECT_FALSE(stalls.met_between(at_ms(90), at_ms(110)));
}

TEST(StallRecord, a_stall_counts_before_it_has_ended) {
  StallRecord stalls{milliseconds{5}};
  stalls.sync_begins(at_ms(100));
  EXPECT_FALSE(stalls.met_between(at_ms(99), at_ms(104)));
  EXPECT_TRUE(stalls.met_between(at_ms(99), at_ms(105)));
}

TEST(StallRecord, a_short_stall_does_not_end_a_long_one_s_traces) {
  StallRecord stalls{milliseconds{5}};
  stalls.sync_begins(at_ms(0));
  stalls.sync_ended(at_ms(100));
  stalls.sync_begins(at_ms(102));
  stalls.sync_ended(at_ms(108));
  EXPECT_TRUE(stalls.met_between(at_ms(150), at_ms(151)));
}

TEST(DiskWatch, times_the_syncs_of_the_folder_s_disk) {
  const auto folder = std::filesystem::temp_directory_path().string();
  auto watch = DiskWatch::begin(folder, milliseconds{60'000}, std::chrono::seconds{0});
  ASSERT_TRUE(watch.ok()) << watch.error();
  std::this_thread::sleep_for(milliseconds{100});
  const DiskReport report = (*watch)->stop();
  EXPECT_GT(report.sync.count(), 0u);
  EXPECT_EQ(report.stalls, 0u);
  ASSERT_FALSE(report.per_second.empty());
  EXPECT_EQ(report.per_second.front().second, 0u);
  EXPECT_EQ(report.problem, "");
}

TEST(DiskWatch, counts_every_sync_as_a_stall_when_none_may_take_any_time) {
  auto watch = DiskWatch::begin(std::filesystem::temp_directory_path().string(), milliseconds{0},
                                std::chrono::seconds{0});
  ASSERT_TRUE(watch.ok()) << watch.error();
  const TimePoint before = SteadyClock::now();
  std::this_thread::sleep_for(milliseconds{50});
  const DiskReport report = (*watch)->stop();
  EXPECT_EQ(report.stalls, report.sync.count());
  EXPECT_GT(report.stalled_s, 0);
  EXPECT_TRUE((*watch)->stall_met_between(before, SteadyClock::now()));
}

TEST(DiskWatch, leaves_the_warm_up_out) {
  auto watch = DiskWatch::begin(std::filesystem::temp_directory_path().string(), milliseconds{5},
                                std::chrono::seconds{60});
  ASSERT_TRUE(watch.ok()) << watch.error();
  std::this_thread::sleep_for(milliseconds{20});
  EXPECT_EQ((*watch)->stop().sync.count(), 0u);
}

TEST(DiskWatch, says_where_it_could_not_watch) {
  const auto watch = DiskWatch::begin("/no/such/folder", milliseconds{5}, std::chrono::seconds{0});
  ASSERT_FALSE(watch.ok());
  EXPECT_NE(watch.error().find("/no/such/folder"), std::string::npos) << watch.error();
}

}  // namespace
}  // namespace gongji::loadtest
