#include "loadtest/soak.hpp"

#include <gtest/gtest.h>

namespace gongji::loadtest {
namespace {

// A gateway whose memory and p99 are these, interval by interval; in MB and ms.
std::vector<SoakInterval> intervals(const std::vector<double>& resident_mb,
                                    const std::vector<std::uint64_t>& p99_ms) {
  std::vector<SoakInterval> all;
  for (std::size_t i = 0; i < resident_mb.size(); ++i) {
    SoakInterval each;
    each.number = i + 1;
    each.resident_mb = resident_mb[i];
    each.p99 = p99_ms[i] * 1'000'000;
    all.push_back(each);
  }
  return all;
}

TEST(SoakProblems, are_what_goes_beyond_the_limits_given) {
  struct Row {
    const char* names;  // "" = nothing is wrong
    std::optional<double> growth_max_mb, drift_max;
    std::vector<double> resident_mb;
    std::vector<std::uint64_t> p99_ms;
  };
  const Row rows[] = {
      {"", {}, {}, {100, 900}, {1, 50}},
      {"", 50, 2, {100, 140, 150}, {5, 9, 10}},
      {"100 to 151 MB", 50, {}, {100, 151}, {5, 5}},
      {"2.20 times", {}, 2, {100, 100}, {5, 11}},
      {"", 50, 2, {100}, {5}},
  };
  for (const Row& row : rows) {
    LoadOptions options;
    options.growth_max_mb = row.growth_max_mb;
    options.drift_max = row.drift_max;
    const auto problems = soak_problems(options, intervals(row.resident_mb, row.p99_ms));
    ASSERT_EQ(problems.size(), std::string_view{row.names}.empty() ? 0u : 1u) << row.names;
    if (!problems.empty()) {
      EXPECT_NE(problems.front().find(row.names), std::string::npos) << problems.front();
    }
  }
}

TEST(SoakProblems, memory_that_cannot_be_read_is_one_when_it_has_a_limit) {
  LoadOptions options;
  options.growth_max_mb = 50;
  auto unread = intervals({1, 1}, {1, 1});
  unread.back().resident_mb.reset();
  EXPECT_EQ(soak_problems(options, unread).size(), 1u);
}

TEST(RunSoak, adds_up_what_the_disk_did) {
  LoadOptions options;
  options.duration_s = std::chrono::seconds{40};
  options.interval_s = std::chrono::seconds{20};
  const auto result = run_soak(options, [](const LoadOptions& part) {
    RunResult done{part};
    done.audit.emplace();
    done.disk.emplace();
    done.disk->sync.record(1'000'000);
    done.disk->stalls = 1;
    done.disk->per_second = {{3, 1'000'000}};
    return Result<RunResult, std::string>{std::move(done)};
  });
  ASSERT_TRUE(result.ok()) << result.error();
  ASSERT_TRUE(result->disk);
  EXPECT_EQ(result->disk->sync.count(), 2u);
  EXPECT_EQ(result->disk->stalls, 2u);
  ASSERT_EQ(result->disk->per_second.size(), 2u);
  EXPECT_EQ(result->disk->per_second[1].second, 23u);
}

TEST(RunSoak, an_interval_that_cannot_be_played_is_named) {
  LoadOptions options;
  options.duration_s = std::chrono::seconds{30};
  options.interval_s = std::chrono::seconds{20};
  std::vector<std::int64_t> played;
  const auto result = run_soak(options, [&](const LoadOptions& part) {
    played.push_back(part.duration_s.count());
    if (played.size() == 2) return Result<RunResult, std::string>{std::string{"gone"}};
    RunResult done{part};
    done.audit.emplace();
    return Result<RunResult, std::string>{std::move(done)};
  });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error(), "interval 2: gone");
  EXPECT_EQ(played, (std::vector<std::int64_t>{20, 10}));
}

}  // namespace
}  // namespace gongji::loadtest
