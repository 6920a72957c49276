#include "gateway/institution_limits.hpp"

#include <gtest/gtest.h>

#include <map>
#include <thread>

namespace gongji::gateway {
namespace {

using std::chrono::milliseconds;

struct ShedMetrics final : NoMetrics {
  void shed(ShedCause cause) override { ++counts[cause]; }
  std::map<ShedCause, int> counts;
};

Institution named(std::string code) {
  Institution institution;
  institution.code = InstitutionCode{std::move(code)};
  return institution;
}

const InstitutionLimits::Moment kNow{std::chrono::hours{5}};

TEST(InstitutionLimits, OneThatFillsItsPlacesLeavesTheOthersTheirs) {
  ShedMetrics metrics;
  InstitutionLimits limits{{.inflight_max = 3}, metrics};
  std::vector<InstitutionToken> inside;
  for (int i = 0; i < 3; ++i) inside.push_back(limits.try_enter(named("P1"), kNow).value());
  EXPECT_EQ(limits.try_enter(named("P1"), kNow).error(), ShedCause::kInstitution);
  EXPECT_TRUE(limits.try_enter(named("P2"), kNow).ok());
  inside.pop_back();
  EXPECT_TRUE(limits.try_enter(named("P1"), kNow).ok()) << "one has left";
  EXPECT_EQ(metrics.counts[ShedCause::kInstitution], 1);
}

TEST(InstitutionLimits, WhoeverIsAloneMayTakeMoreThanWhoSharesWithOthers) {
  struct Row {
    const char* when;
    const char* spoke_before;  // "" = nobody
    milliseconds ago;
    int fit;
  };
  const Row rows[] = {
      {"nobody else has ever spoken", "", milliseconds{0}, 5},
      {"another one has just spoken", "P2", milliseconds{0}, 2},
      {"another one spoke within the second", "P2", milliseconds{999}, 2},
      {"another one spoke a second ago", "P2", milliseconds{1'000}, 5},
      {"only the same one has spoken", "P1", milliseconds{0}, 5},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.when);
    ShedMetrics metrics;
    InstitutionLimits limits{{.inflight_max = 5, .inflight_shared_max = 2}, metrics};
    if (const std::string before = row.spoke_before; !before.empty()) {
      EXPECT_TRUE(limits.try_enter(named(before), kNow - row.ago).ok());
    }
    std::vector<InstitutionToken> inside;
    for (int i = 0; i < 10; ++i)
      if (auto token = limits.try_enter(named("P1"), kNow)) inside.push_back(std::move(*token));
    EXPECT_EQ(inside.size(), static_cast<std::size_t>(row.fit));
  }
}

TEST(InstitutionLimits, WhoHasFilledTheHouseWaitsUntilHeIsBackAtHisShare) {
  ShedMetrics metrics;
  InstitutionLimits limits{{.inflight_max = 5, .inflight_shared_max = 2}, metrics};
  std::vector<InstitutionToken> flood;
  for (int i = 0; i < 5; ++i) flood.push_back(limits.try_enter(named("P1"), kNow).value());
  EXPECT_TRUE(limits.try_enter(named("P2"), kNow).ok());
  for (int inside = 5; inside >= 2; --inside) {
    EXPECT_FALSE(limits.try_enter(named("P1"), kNow).ok()) << inside << " are inside";
    flood.pop_back();
  }
  EXPECT_TRUE(limits.try_enter(named("P1"), kNow).ok());
}

TEST(InstitutionLimits, ASecondsWorthMayComeAtOnceAndThenTheRateHolds) {
  ShedMetrics metrics;
  InstitutionLimits limits{{.rate_per_s = 10}, metrics};
  const auto taken = [&](const char* code, InstitutionLimits::Moment at) {
    int count = 0;
    for (int i = 0; i < 100; ++i) count += limits.try_enter(named(code), at).ok() ? 1 : 0;
    return count;
  };
  EXPECT_EQ(taken("P1", kNow), 10);
  EXPECT_EQ(taken("P1", kNow), 0);
  EXPECT_EQ(taken("P2", kNow), 10) << "each has its own";
  EXPECT_EQ(taken("P1", kNow + milliseconds{350}), 3);
  EXPECT_EQ(taken("P1", kNow + milliseconds{300}), 0) << "time does not run backwards";
  EXPECT_EQ(taken("P1", kNow + milliseconds{60'000}), 10) << "never more than a second's worth";
  EXPECT_EQ(metrics.counts[ShedCause::kRate], 90 + 100 + 90 + 97 + 100 + 90);
}

TEST(InstitutionLimits, TheRegisterMayGiveOneMoreOrLess) {
  ShedMetrics metrics;
  InstitutionLimits limits{{.inflight_max = 1, .inflight_shared_max = 1, .rate_per_s = 1}, metrics};
  Institution large = named("P1");
  large.inflight_max = 2;
  large.rate_per_s = 3;
  EXPECT_TRUE(limits.try_enter(named("P2"), kNow).ok()) << "who shares with others keeps his own";
  const auto first = limits.try_enter(large, kNow);
  const auto second = limits.try_enter(large, kNow);
  EXPECT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(limits.try_enter(large, kNow).error(), ShedCause::kInstitution)
      << "refused for its places, which costs no part of its rate";
}

TEST(InstitutionLimits, CountsRightWhenMessagesLeaveOnOtherThreads) {
  ShedMetrics metrics;
  InstitutionLimits limits{{.inflight_max = 8}, metrics};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 5'000; ++i) {
        auto token = limits.try_enter(named("P1"), kNow);
        ASSERT_TRUE(token.ok());
        const InstitutionToken moved = std::move(*token);
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::vector<InstitutionToken> inside;
  for (int i = 0; i < 8; ++i) inside.push_back(limits.try_enter(named("P1"), kNow).value());
  EXPECT_FALSE(limits.try_enter(named("P1"), kNow).ok()) << "all eight were free again";
}

}  // namespace
}  // namespace gongji::gateway
