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

// The clock of these tests: it shows `now` until a test sets it.
struct Clock {
  static inline InstitutionLimits::Moment now = kNow;
  static InstitutionLimits::Moment read() { return now; }
};

class InstitutionLimitsTest : public testing::Test {
 protected:
  InstitutionLimitsTest() { Clock::now = kNow; }
  ShedMetrics metrics;
};

TEST_F(InstitutionLimitsTest, OneThatFillsItsPlacesLeavesTheOthersTheirs) {
  InstitutionLimits limits{{.inflight_max = 3}, metrics, Clock::read};
  std::vector<InstitutionToken> inside;
  for (int i = 0; i < 3; ++i) inside.push_back(limits.try_enter(named("P1")).value());
  EXPECT_EQ(limits.try_enter(named("P1")).error(), ShedCause::kInstitution);
  EXPECT_TRUE(limits.try_enter(named("P2")).ok());
  inside.pop_back();
  EXPECT_TRUE(limits.try_enter(named("P1")).ok()) << "one has left";
  EXPECT_EQ(metrics.counts[ShedCause::kInstitution], 1);
}

TEST_F(InstitutionLimitsTest, WhoeverIsAloneMayTakeMoreThanWhoSharesWithOthers) {
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
    InstitutionLimits limits{{.inflight_max = 5, .inflight_shared_max = 2}, metrics, Clock::read};
    if (const std::string before = row.spoke_before; !before.empty()) {
      Clock::now = kNow - row.ago;
      EXPECT_TRUE(limits.try_enter(named(before)).ok());
      Clock::now = kNow;
    }
    std::vector<InstitutionToken> inside;
    for (int i = 0; i < 10; ++i)
      if (auto token = limits.try_enter(named("P1"))) inside.push_back(std::move(*token));
    EXPECT_EQ(inside.size(), static_cast<std::size_t>(row.fit));
  }
}

TEST_F(InstitutionLimitsTest, WhoHasFilledTheHouseWaitsUntilHeIsBackAtHisShare) {
  InstitutionLimits limits{{.inflight_max = 5, .inflight_shared_max = 2}, metrics, Clock::read};
  std::vector<InstitutionToken> flood;
  for (int i = 0; i < 5; ++i) flood.push_back(limits.try_enter(named("P1")).value());
  EXPECT_TRUE(limits.try_enter(named("P2")).ok());
  for (int inside = 5; inside >= 2; --inside) {
    EXPECT_FALSE(limits.try_enter(named("P1")).ok()) << inside << " are inside";
    flood.pop_back();
    Clock::now += milliseconds{1'000};                // he has waited as he was told,
    EXPECT_TRUE(limits.try_enter(named("P2")).ok());  // and the other one still speaks
  }
  EXPECT_TRUE(limits.try_enter(named("P1")).ok());
}

// Fills the places of one until he is turned away, for so long; how many fitted.
std::size_t fill(InstitutionLimits& limits, const char* code, milliseconds inside_ms) {
  std::vector<InstitutionToken> inside;
  while (auto token = limits.try_enter(named(code))) inside.push_back(std::move(*token));
  Clock::now += inside_ms;
  return inside.size();
}

TEST_F(InstitutionLimitsTest, WhoAloneFillsHisShareKeepsToAsManyAsServeHimFiveThousandASecond) {
  struct Row {
    const char* when;
    milliseconds inside;     // how long his messages are inside
    const char* also_fills;  // another one who has filled his share; "" = nobody
    milliseconds ago;        // since that was seen
    std::size_t fit;
  };
  const Row rows[] = {
      {"a fast disk: no fewer than an eighth", milliseconds{1}, "", milliseconds{100}, 16},
      {"in between", milliseconds{12}, "", milliseconds{100}, 60},
      {"a slow disk: the whole share", milliseconds{30}, "", milliseconds{100}, 128},
      {"he has not been turned away for a while", milliseconds{1}, "", milliseconds{1'000}, 128},
      {"somebody else fills his as well: a rush", milliseconds{1}, "P2", milliseconds{100}, 128},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.when);
    Clock::now = kNow;
    InstitutionLimits limits{{}, metrics, Clock::read};
    EXPECT_TRUE(limits.try_enter(named("P9")).ok()) << "somebody small, who speaks as well";
    EXPECT_EQ(fill(limits, "P1", row.inside), 128U) << "until then it is no flood";
    if (*row.also_fills != '\0') fill(limits, row.also_fills, row.inside);
    Clock::now += row.ago;
    EXPECT_TRUE(limits.try_enter(named("P9")).ok());
    EXPECT_EQ(fill(limits, "P1", row.inside), row.fit);
  }
}

TEST_F(InstitutionLimitsTest, ASecondsWorthMayComeAtOnceAndThenTheRateHolds) {
  InstitutionLimits limits{{.rate_per_s = 10}, metrics, Clock::read};
  const auto taken = [&](const char* code, InstitutionLimits::Moment at) {
    Clock::now = at;
    int count = 0;
    for (int i = 0; i < 100; ++i) count += limits.try_enter(named(code)).ok() ? 1 : 0;
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

TEST_F(InstitutionLimitsTest, TheRegisterMayGiveOneMoreOrLess) {
  InstitutionLimits limits{
      {.inflight_max = 1, .inflight_shared_max = 1, .rate_per_s = 1}, metrics, Clock::read};
  Institution large = named("P1");
  large.inflight_max = 2;
  large.rate_per_s = 3;
  EXPECT_TRUE(limits.try_enter(named("P2")).ok()) << "who shares with others keeps his own";
  const auto first = limits.try_enter(large);
  const auto second = limits.try_enter(large);
  EXPECT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(limits.try_enter(large).error(), ShedCause::kInstitution)
      << "refused for its places, which costs no part of its rate";
}

TEST_F(InstitutionLimitsTest, CountsRightWhenMessagesLeaveOnOtherThreads) {
  InstitutionLimits limits{{.inflight_max = 8}, metrics, Clock::read};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 5'000; ++i) {
        auto token = limits.try_enter(named("P1"));
        ASSERT_TRUE(token.ok());
        const InstitutionToken moved = std::move(*token);
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::vector<InstitutionToken> inside;
  for (int i = 0; i < 8; ++i) inside.push_back(limits.try_enter(named("P1")).value());
  EXPECT_FALSE(limits.try_enter(named("P1")).ok()) << "all eight were free again";
}

}  // namespace
}  // namespace gongji::gateway
