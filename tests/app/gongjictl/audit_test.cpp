#include "app/gongjictl/audit.hpp"

#include <gtest/gtest.h>

#include "tests/app/gongjictl/support/audit_problems.hpp"
#include "tests/app/gongjictl/support/journal_builder.hpp"

namespace gongji::ctl {
namespace {

TEST(Audit, holds_for_an_honest_journal) {
  const JournalBuilder story = family_story();
  const Audit audit = audit_journal(story.journal());
  EXPECT_TRUE(audit.holds()) << all_problems(audit);
  const AuditTotals& totals = audit.totals;
  EXPECT_EQ(totals.records, 14u);
  EXPECT_EQ(totals.refusals, 1u);
  EXPECT_EQ(totals.settlements, 3u);
  EXPECT_EQ(totals.reversals, 1u);
  EXPECT_EQ(totals.moves, 2u);
  EXPECT_EQ(totals.households, 1u);
  EXPECT_EQ(totals.persons, 3u);
  EXPECT_EQ(totals.flow.enrolled, Fen{1060'00});
  EXPECT_EQ(totals.flow.taken, Fen{190'00});
  EXPECT_EQ(totals.flow.returned, Fen{100'00});
  EXPECT_EQ(totals.in_buckets, Fen{970'00});
  EXPECT_EQ(totals.in_transit, Fen{0});
}

TEST(Audit, follows_credits_contributions_rolls_refunds_splits_and_closed_accounts) {
  const JournalBuilder story = year_story();
  const Audit audit = audit_journal(story.journal());
  EXPECT_TRUE(audit.holds()) << all_problems(audit);
  const AuditTotals& totals = audit.totals;
  EXPECT_EQ(totals.records, std::uint64_t{kYearStoryEnd});
  EXPECT_EQ(totals.refusals, 0u);
  EXPECT_EQ(totals.settlements, 3u);
  EXPECT_EQ(totals.reversals, 3u);
  EXPECT_EQ(totals.contributions, 3u);
  EXPECT_EQ(totals.rolls, 1u);
  EXPECT_EQ(totals.moves, 3u);
  EXPECT_EQ(totals.flow.enrolled, Fen{1300'00});
  EXPECT_EQ(totals.flow.credited, Fen{50'00});
  EXPECT_EQ(totals.flow.interest, Fen{1'00});
  EXPECT_EQ(totals.flow.taken, Fen{210'00});
  EXPECT_EQ(totals.flow.returned, Fen{210'00});
  EXPECT_EQ(totals.flow.contributed, Fen{658'00});
  EXPECT_EQ(totals.flow.handed_back, Fen{129'00});
  EXPECT_EQ(totals.flow.debited, Fen{20'00});
  EXPECT_EQ(totals.flow.transferred_out, Fen{742'00});
  EXPECT_EQ(totals.in_buckets, Fen{0});
  EXPECT_EQ(totals.in_suspense, Fen{60'00});
}

TEST(Audit, follows_an_order_that_waits_for_the_tax_side) {
  const JournalBuilder story = tax_story();
  const Audit audit = audit_journal(story.journal());
  EXPECT_TRUE(audit.holds()) << all_problems(audit);
  EXPECT_EQ(audit.totals.contributions, 2u);
  EXPECT_EQ(audit.totals.refusals, 0u);
  EXPECT_EQ(audit.totals.in_buckets, Fen{1600'00});
}

TEST(Audit, holds_for_an_empty_journal) {
  const JournalBuilder nothing;
  const Audit audit = audit_journal(nothing.journal());
  EXPECT_TRUE(audit.holds());
  EXPECT_EQ(audit.totals.records, 0u);
}

TEST(Audit, tells_its_progress) {
  JournalBuilder many;
  for (int i = 0; i < 2100; ++i) many.tombstone();
  std::vector<std::uint64_t> seen;
  audit_journal(many.journal(), [&](std::uint64_t done, std::uint64_t all) {
    seen.push_back(done);
    EXPECT_EQ(all, 2100u);
  });
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{1024, 2048}));
}

// What one record after an honest journal makes the audit say.
std::string problems_after(JournalBuilder story, std::uint64_t household, Event event) {
  story.add(household, CreditCommand{}, Events{std::move(event)});
  return all_problems(audit_journal(story.journal()));
}

TEST(Audit, finds_a_year_rolled_twice) {
  EXPECT_NE(problems_after(year_story(), 1, YearRolled{PersonId{"A"}, 2027, {}, {}})
                .find("rolls year 2027 of A again"),
            std::string::npos);
}

TEST(Audit, finds_a_credit_to_a_closed_account) {
  const AccountCredited credit{PersonId{"A"}, Bucket::kCarryover, Fen{1}, 0, "MONTHLY"};
  EXPECT_NE(problems_after(year_story(), 1, credit).find("credits the closed account of A"),
            std::string::npos);
}

TEST(Audit, finds_a_debit_of_more_than_there_is) {
  const AccountDebited debit{PersonId{"F"}, Bucket::kCarryover, Fen{9999'00}, "CORE_USE"};
  EXPECT_NE(problems_after(tax_story(), 1, debit).find("below zero"), std::string::npos);
}

TEST(Audit, finds_a_contribution_given_back_twice) {
  const JournalBuilder story = year_story();
  const auto back = *(*story.journal().read(Sequence{kInsurerNo}))->event<ContributionReversed>();
  EXPECT_NE(problems_after(year_story(), 1, back).find("was given back before"), std::string::npos);
}

TEST(Audit, finds_a_part_of_a_household_that_arrives_twice) {
  const JournalBuilder story = year_story();
  const auto arrived = *(*story.journal().read(Sequence{kSplitB + 1}))->event<ContentsArrived>();
  const std::string problems = problems_after(year_story(), 9, arrived);
  EXPECT_NE(problems.find("arrives without having left"), std::string::npos) << problems;
  EXPECT_NE(problems.find("person B lives in household 1 and in household 9"), std::string::npos)
      << problems;
}

TEST(Audit, finds_a_split_through_a_link) {
  JournalBuilder story = family_story();
  story.move(1, 9, {PersonId{"B"}});
  const Audit audit = audit_journal(story.journal());
  EXPECT_NE(all_problems(audit).find("leaves the link of B to A between two households"),
            std::string::npos)
      << all_problems(audit);
}

// The two sums at the end see it too, each on its own.
TEST(Audit, finds_money_lost_on_the_way_in_every_sum) {
  const JournalBuilder story = family_story();
  const TamperedJournal tampered{story.journal(), [](JournalRecord& record) {
                                   if (record.sequence.number() != 7) return true;
                                   auto& arrived = event_in<ContentsArrived>(record);
                                   arrived.contents.persons.front().carryover -= Fen{1};
                                   record.balances.front().carryover -= Fen{1};
                                   return true;
                                 }};
  const TamperedJournal poorer{tampered, [](JournalRecord& record) {
                                 if (record.sequence.number() != 11) return true;
                                 record.balances.front().carryover -= Fen{1};
                                 return true;
                               }};
  const Audit audit = audit_journal(poorer);
  const std::string problems = all_problems(audit);
  for (const char* words :
       {"carries 59.99 of C, whose account holds 60.00", "the books hold 969.99",
        "all accounts together come to 970.00, all households to 969.99"})
    EXPECT_NE(problems.find(words), std::string::npos) << words << "\n" << problems;
}

TEST(Audit, finds_a_second_reversal) {
  JournalBuilder story = family_story();
  story.cancel(1, Sequence{9});
  const Audit audit = audit_journal(story.journal());
  EXPECT_NE(all_problems(audit).find("is reversed already"), std::string::npos)
      << all_problems(audit);
}

TEST(Audit, finds_a_balance_below_zero) {
  JournalBuilder story;
  story.enrol(1, "A", Scheme::kEmployee, Fen{10});
  story.settle_from_own(1, "A", Fen{11}, Fen{11});
  const Audit audit = audit_journal(story.journal());
  EXPECT_NE(all_problems(audit).find("below zero"), std::string::npos) << all_problems(audit);
}

TEST(Audit, finds_a_person_who_lives_in_two_households) {
  JournalBuilder story;
  story.enrol(1, "A", Scheme::kEmployee, Fen{10});
  story.enrol(2, "A", Scheme::kEmployee, Fen{10});
  const Audit audit = audit_journal(story.journal());
  EXPECT_NE(all_problems(audit).find("person A lives in"), std::string::npos)
      << all_problems(audit);
}

// The crash came between the two steps: the restart will deliver.
TEST(Audit, allows_a_move_that_is_still_open) {
  JournalBuilder story;
  story.enrol(1, "A", Scheme::kEmployee, Fen{10});
  story.enrol(2, "B", Scheme::kEmployee, Fen{7});
  story.depart(2, 1);
  const Audit audit = audit_journal(story.journal());
  EXPECT_TRUE(audit.holds()) << all_problems(audit);
  EXPECT_EQ(audit.totals.in_transit, Fen{7});
}

TEST(Audit, finds_a_move_that_was_never_completed_though_the_gateway_was_started_since) {
  JournalBuilder story;
  story.enrol(1, "A", Scheme::kEmployee, Fen{10});
  story.enrol(2, "B", Scheme::kEmployee, Fen{7});
  const Sequence departed = story.depart(2, 1);
  story.tombstone();
  const TamperedJournal restarted{story.journal(), [&](JournalRecord& record) {
                                    if (record.sequence > departed)
                                      record.epoch = record.epoch.next();
                                    return true;
                                  }};
  const Audit audit = audit_journal(restarted);
  EXPECT_NE(all_problems(audit).find("never arrived"), std::string::npos) << all_problems(audit);
}

// A second crash came while the restart was delivering: nothing else happened since.
TEST(Audit, allows_an_open_move_behind_the_arrival_of_another_one) {
  JournalBuilder story;
  for (const auto& [household, person] : {std::pair{1, "A"}, {2, "B"}, {3, "C"}})
    story.enrol(static_cast<std::uint64_t>(household), person, Scheme::kEmployee, Fen{10});
  story.depart(2, 1);
  story.depart(3, 1);
  const Sequence arrived = story.arrive(2, 1);
  const TamperedJournal restarted{story.journal(), [&](JournalRecord& record) {
                                    if (record.sequence == arrived)
                                      record.epoch = record.epoch.next();
                                    return true;
                                  }};
  const Audit audit = audit_journal(restarted);
  EXPECT_TRUE(audit.holds()) << all_problems(audit);
  EXPECT_EQ(audit.totals.in_transit, Fen{10});
}

TEST(AuditText, shows_where_the_money_went) {
  const JournalBuilder story = year_story();
  const std::string text = audit_text(audit_journal(story.journal()));
  for (const char* words : {"waiting for their owners", "left with closed accounts", "742.00",
                            "interest of rolls", "paid for contributions"})
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  EXPECT_EQ(text.find("between two households"), std::string::npos) << text;
}

TEST(AuditText, sums_up_and_lists_the_first_problems) {
  const JournalBuilder story = family_story();
  Audit audit = audit_journal(story.journal());
  EXPECT_NE(audit_text(audit).find("All checks hold."), std::string::npos);
  EXPECT_NE(audit_text(audit).find("970.00"), std::string::npos);
  for (int i = 0; i < 25; ++i) audit.problems.add("problem " + std::to_string(i));
  const std::string text = audit_text(audit);
  EXPECT_NE(text.find("25 problems, the first:"), std::string::npos);
  EXPECT_NE(text.find("problem 19"), std::string::npos);
  EXPECT_EQ(text.find("problem 20"), std::string::npos);
  EXPECT_EQ(text.find("All checks hold."), std::string::npos);
}

}  // namespace
}  // namespace gongji::ctl
