#include "app/gongjictl/audit.hpp"

#include <gtest/gtest.h>

#include "tests/app/gongjictl/support/journal_builder.hpp"

namespace gongji::ctl {
namespace {

std::string all_problems(const Audit& audit) {
  std::string text;
  for (const std::string& problem : audit.problems.first) text += problem + "\n";
  return text;
}

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
  EXPECT_EQ(totals.enrolled, Fen{1060'00});
  EXPECT_EQ(totals.taken, Fen{190'00});
  EXPECT_EQ(totals.returned, Fen{100'00});
  EXPECT_EQ(totals.in_buckets, Fen{970'00});
  EXPECT_EQ(totals.in_transit, Fen{0});
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

template <class E>
E& event_in(JournalRecord& record) {
  for (Event& event : std::get<Events>(record.outcome))
    if (auto* found = std::get_if<E>(&event)) return *found;
  std::abort();
}

// What is done to which record, and what the audit must say about it.
struct Fault {
  const char* name;
  std::uint64_t at;  // sequence; 0 = every record
  std::function<bool(JournalRecord&)> tamper;
  const char* says;
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }

class AuditFault : public testing::TestWithParam<Fault> {};

TEST_P(AuditFault, is_found) {
  const Fault& fault = GetParam();
  const JournalBuilder story = family_story();
  const TamperedJournal tampered{story.journal(), [&](JournalRecord& record) {
                                   const bool here =
                                       fault.at == 0 || record.sequence.number() == fault.at;
                                   return !here || fault.tamper(record);
                                 }};
  const Audit audit = audit_journal(tampered);
  EXPECT_FALSE(audit.holds());
  EXPECT_NE(all_problems(audit).find(fault.says), std::string::npos) << all_problems(audit);
}

bool drop(JournalRecord&) { return false; }

std::vector<Fault> faults() {
  return {
      {"a_record_missing", 12, drop, "the sequence has a gap"},
      {"the_last_record_missing", 14, drop, "its head says 14"},
      {"an_older_epoch", 5, [](JournalRecord& r) { return r.epoch = Epoch{0}, true; },
       "older than the one before"},
      {"a_wrong_balance_after", 14,
       [](JournalRecord& r) { return r.balances.front().carryover += Fen{1}, true; },
       "does not fold"},
      {"a_broken_household_chain", 14,
       [](JournalRecord& r) { return r.previous = Sequence{3}, true; }, "does not fold"},
      {"time_going_back", 14, [](JournalRecord& r) { return r.at -= std::chrono::hours{1}, true; },
       "does not fold"},
      {"a_family_part_that_does_not_add_up", 14,
       [](JournalRecord& r) { return event_in<Settled>(r).bill += Fen{1}, true; },
       "is not the bill"},
      {"a_negative_cash_part", 11,
       [](JournalRecord& r) {
         auto& settled = event_in<Settled>(r);
         return settled.cash = Fen{-1}, settled.bill = Fen{60'00 - 1}, true;
       },
       "negative"},
      {"own_money_of_another", 11,
       [](JournalRecord& r) {
         return event_in<Settled>(r).own.front().owner = PersonId{"A"}, true;
       },
       "own money of another person"},
      {"family_money_without_a_link", 14,
       [](JournalRecord& r) { return event_in<Settled>(r).family.front().link = LinkId{}, true; },
       "family money without a family"},
      {"a_leg_that_gives", 14,
       [](JournalRecord& r) {
         auto& settled = event_in<Settled>(r);
         return settled.family.front().amount = Fen{-1}, settled.bill = Fen{-1}, true;
       },
       "moves nothing or less"},
      {"money_of_a_stranger", 14,
       [](JournalRecord& r) {
         return event_in<Settled>(r).family.front().owner = PersonId{"X"}, true;
       },
       "does not live in its household"},
      {"a_key_applied_twice", 14,
       [](JournalRecord& r) {
         r.keys.front() = {9};  // that of record 9
         return true;
       },
       "again; record 9 applied it"},
      {"a_reversal_that_returns_more", 10,
       [](JournalRecord& r) {
         return event_in<SettlementReversed>(r).returned.front().amount += Fen{1}, true;
       },
       "does not move exactly what record 9 took"},
      {"a_reversal_to_another_account", 10,
       [](JournalRecord& r) {
         return event_in<SettlementReversed>(r).returned.front().owner = PersonId{"C"}, true;
       },
       "does not move exactly what record 9 took"},
      {"a_reversal_of_no_settlement", 10,
       [](JournalRecord& r) {
         return event_in<SettlementReversed>(r).original = Sequence{8}, true;
       },
       "which settled nothing"},
      {"a_reversal_of_the_future", 10,
       [](JournalRecord& r) {
         return event_in<SettlementReversed>(r).original = Sequence{14}, true;
       },
       "which is not before it"},
      {"a_departure_that_leaves_money_behind", 6,
       [](JournalRecord& r) {
         event_in<HouseholdDeparted>(r).contents.persons.front().carryover -= Fen{1};
         return true;
       },
       "takes along is not what it had"},
      {"an_arrival_with_less", 7,
       [](JournalRecord& r) {
         event_in<ContentsArrived>(r).contents.persons.front().carryover -= Fen{1};
         return r.balances.front().carryover -= Fen{1}, true;
       },
       "left with 60.00 yuan and arrives with 59.99"},
      {"an_arrival_elsewhere", 7,
       [](JournalRecord& r) { return r.household = HouseholdId{9}, true; },
       "left for household 1 and arrives in household 9"},
      {"an_arrival_of_nobody_who_left", 7,
       [](JournalRecord& r) {
         return event_in<ContentsArrived>(r).contents.id = HouseholdId{77}, true;
       },
       "arrives without having left"},
      {"events_of_no_household", 14,
       [](JournalRecord& r) { return r.household = HouseholdId{}, true; },
       "has events but no household"},
  };
}

INSTANTIATE_TEST_SUITE_P(Faults, AuditFault, testing::ValuesIn(faults()),
                         [](const auto& row) { return std::string{row.param.name}; });

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
