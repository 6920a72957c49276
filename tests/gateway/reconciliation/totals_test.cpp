#include "gateway/reconciliation/totals.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/gateway/reconciliation/day_story.hpp"

namespace gongji::gateway::reconciliation {
namespace {

using testing::DayStory;
using testing::to_text;

std::string totals(const LedgerLines& ledger, const Selection& selection = {}) {
  return to_text(totals_of(ledger, selection));
}

// One settlement of 86.50 (66.50 from accounts) on day 0, and what becomes of it.
struct FateCase {
  const char* name;
  void (*tell)(DayStory& story, Sequence sale);
  const char* net_day0;
  const char* net_day1;
  const char* two_lines_day0;
  const char* two_lines_day1;
};

constexpr const char* kOne = "1 86.50/0.00/66.50";
constexpr const char* kMinusOne = "1 -86.50/0.00/-66.50";
constexpr const char* kNothing = "0 0.00/0.00/0.00";
constexpr const char* kBoth = "2 0.00/0.00/0.00";

const FateCase kFates[] = {
    {"it stands", [](DayStory&, Sequence) {}, kOne, kNothing, kOne, kNothing},
    {"cancelled the same day", [](DayStory& s, Sequence sale) { s.cancel(0, sale); }, kNothing,
     kNothing, kBoth, kNothing},
    {"cancelled the next day", [](DayStory& s, Sequence sale) { s.cancel(1, sale); }, kNothing,
     kNothing, kOne, kMinusOne},
    {"undone", [](DayStory& s, Sequence sale) { s.undo(0, sale); }, kNothing, kNothing, kNothing,
     kNothing},
    {"undone the next day", [](DayStory& s, Sequence sale) { s.undo(1, sale); }, kNothing, kNothing,
     kNothing, kNothing},
    {"cancelled, and the cancel undone",
     [](DayStory& s, Sequence sale) { s.reapply(1, sale, s.cancel(0, sale)); }, kOne, kNothing,
     kOne, kNothing},
    {"cancelled again after that",
     [](DayStory& s, Sequence sale) {
       s.reapply(0, sale, s.cancel(0, sale));
       s.cancel(1, sale);
     },
     kNothing, kNothing, kOne, kMinusOne},
    {"undone after that",
     [](DayStory& s, Sequence sale) {
       s.reapply(0, sale, s.cancel(0, sale));
       s.undo(1, sale);
     },
     kNothing, kNothing, kNothing, kNothing},
    {"refunded in part the next day",
     [](DayStory& s, Sequence sale) {
       s.refund_partly(1, sale, {.total = Fen{5'000}, .own = Fen{1'000}, .family = Fen{500}});
     },
     kNothing, "1 50.00/0.00/15.00", kOne, "2 -36.50/0.00/-51.50"},
};

TEST(Totals, WhatBecameOfASettlementDecidesHowItCounts) {
  for (const FateCase& each : kFates) {
    DayStory story;
    each.tell(story, story.settle(0));
    EXPECT_EQ(totals(story.ledger(0, 0)), each.net_day0) << each.name;
    EXPECT_EQ(totals(story.ledger(1, 1)), each.net_day1) << each.name;
    EXPECT_EQ(totals(story.ledger(0, 0, true)), each.two_lines_day0) << each.name;
    EXPECT_EQ(totals(story.ledger(1, 1, true)), each.two_lines_day1) << each.name;
  }
}

TEST(Totals, OnlyACancelOfAnotherDaysSettlementNeedsTheJournal) {
  DayStory story;
  const Sequence today = story.settle(1);
  const Sequence yesterday = story.settle(0);
  story.cancel(1, today);
  (void)story.ledger(0, 1);
  EXPECT_EQ(story.records_read(), 0);
  story.cancel(1, yesterday);
  (void)story.ledger(1, 1, true);
  EXPECT_EQ(story.records_read(), 1);
}

TEST(Totals, AreSelectedBySchemeClearingAndArea) {
  DayStory story;
  story.settle(0);
  story.settle(0, {.infno = "2207"});
  story.settle(0, {.infno = "2304", .scheme = Scheme::kResident});
  story.settle(0, {.area = "440300"});
  story.settle(0, {.institution = InstitutionCode{"P9"}});
  const LedgerLines ledger = story.ledger(0, 0);
  const struct {
    Selection selection;
    std::uint64_t count;
  } kRows[] = {
      {{"310", "41", "440100"}, 1},
      {{"310", "11", "440100"}, 1},
      {{"390", "21", "440100"}, 1},
      {{"390", "41", "440100"}, 0},
      {{"310", "41", "440300"}, 1},
      {{"", "", "440100"}, 3},
      {{}, 4},
      {{"310", "", ""}, 3},
      {{"999", "", ""}, 0},
  };
  for (const auto& row : kRows)
    EXPECT_EQ(totals_of(ledger, row.selection).count, row.count)
        << row.selection.insutype << " " << row.selection.clr_type;
}

TEST(Totals, FamilyMoneyIsInAcctPayAsTheProfileReadsIt) {
  DayStory story;
  story.settle(0, {.profile = "EX-2025"});
  EXPECT_EQ(totals(story.ledger(0, 0)), "1 86.50/0.00/20.00");
}

TEST(Totals, ByGroupProfilesAreNotToldApart) {
  DayStory story;
  story.settle(0);
  story.settle(0, {.profile = "EX-2025"});
  story.settle(0, {.infno = "2207"});
  story.undo(0, story.settle(0, {.infno = "2304"}));
  const auto groups = totals_by_group(story.ledger(0, 0));
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].clr_type, "11");
  EXPECT_EQ(groups[1].clr_type, "41");
  EXPECT_EQ(to_text(groups[1].totals), "2 173.00/0.00/86.50");
}

TEST(Totals, CountsDecideBeforeSums) {
  const Totals ours{2, Fen{100}, Fen{10}, Fen{50}};
  const struct {
    Totals theirs;
    Verdict verdict;
  } kRows[] = {
      {ours, Verdict::kBalanced},
      {{1, Fen{100}, Fen{10}, Fen{50}}, Verdict::kCentreMore},
      {{3, Fen{100}, Fen{10}, Fen{50}}, Verdict::kInstitutionMore},
      {{2, Fen{101}, Fen{10}, Fen{50}}, Verdict::kDiffers},
      {{2, Fen{100}, Fen{9}, Fen{50}}, Verdict::kDiffers},
      {{2, Fen{100}, Fen{10}, Fen{51}}, Verdict::kDiffers},
  };
  for (const auto& row : kRows) EXPECT_EQ(compare(ours, row.theirs), row.verdict);
}

TEST(Totals, ResultsAreSpelledInTheInstitutionsVocabulary) {
  const char* const kRows[][2] = {
      {"0", "000000"}, {"1", "000101"}, {"2", "000102"}, {"3", "000103"}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(to_stmt_rslt(static_cast<Verdict>(i), false), kRows[i][0]);
    EXPECT_EQ(to_stmt_rslt(static_cast<Verdict>(i), true), kRows[i][1]);
  }
}

TEST(Totals, SumsStopAtTheLargestAmount) {
  constexpr Fen kMost{std::numeric_limits<std::int64_t>::max()};
  Totals totals{1, kMost, Fen{0}, -kMost};
  totals.add({1, Fen{5}, Fen{0}, Fen{-5}});
  EXPECT_EQ(totals.total, kMost);
  EXPECT_EQ(totals.account, Fen{std::numeric_limits<std::int64_t>::min()});
}

}  // namespace
}  // namespace gongji::gateway::reconciliation
