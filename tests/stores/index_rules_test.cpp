#include "stores/index_rules.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gongji::stores {
namespace {

// Writes down what it is told, one line each.
class Told final : public IndexSink {
 public:
  void key(const KeyHash& key, Sequence record) override { add("key", key[0], record.number()); }
  void enrolled(Sequence record, const PersonId& person) override {
    lines.push_back("enrolled " + std::to_string(record.number()) + " " + person.text());
  }
  void person(const PersonId& person, HouseholdId lives_in) override {
    lines.push_back("person " + person.text() + " " + std::to_string(lives_in.number()));
  }
  void newest(HouseholdId household, Sequence record) override {
    add("newest", household.number(), record.number());
  }
  void transfer_opened(const OpenTransfer& transfer) override {
    add("opened", transfer.from.number(), transfer.to.number());
  }
  void transfer_closed(HouseholdId from, Sequence departed) override {
    add("closed", from.number(), departed.number());
  }
  void mark_opened(MarkKind kind, Sequence at) override {
    add("marked", static_cast<std::uint64_t>(kind), at.number());
  }
  void mark_closed(MarkKind kind, Sequence at) override {
    add("unmarked", static_cast<std::uint64_t>(kind), at.number());
  }
  void posting(const PostingList& list, const RecordPosting& posting) override {
    lines.push_back(std::string{"posted "} + static_cast<char>(list.kind) + " " +
                    std::to_string(list.bucket) + " kind " +
                    std::to_string(static_cast<int>(posting.posting.kind)));
  }
  void household_used(HouseholdId household) override { add("used", household.number(), 0); }

  std::vector<std::string> lines;

 private:
  void add(const std::string& what, std::uint64_t first, std::uint64_t second) {
    lines.push_back(what + " " + std::to_string(first) + " " + std::to_string(second));
  }
};

Person person(const char* id) {
  Person person;
  person.id = PersonId{id};
  return person;
}

JournalRecord record_of(HouseholdId household, Outcome outcome) {
  JournalRecord record;
  record.sequence = Sequence{50};
  record.household = household;
  record.keys = {KeyHash{1}, KeyHash{2}};
  record.outcome = std::move(outcome);
  return record;
}

std::vector<std::string> told_of(const JournalRecord& record) {
  Told told;
  index_record(record, told);
  return told.lines;
}

using Lines = std::vector<std::string>;

TEST(IndexRules, ATombstoneHasKeysOnly) {
  EXPECT_EQ(told_of(record_of(HouseholdId{}, Events{})), (Lines{"key 1 50", "key 2 50"}));
}

TEST(IndexRules, AnEnrolmentSaysWhereThePersonLives) {
  EXPECT_EQ(told_of(record_of(HouseholdId{7}, Events{PersonEnrolled{person("anna")}})),
            (Lines{"key 1 50", "key 2 50", "used 7 0", "newest 7 50", "person anna 7"}));
}

TEST(IndexRules, AnEnrolmentSaysWhomItsKeysLeadTo) {
  JournalRecord record = record_of(HouseholdId{7}, Events{});
  record.command = EnrolCommand{person("anna")};
  EXPECT_EQ(told_of(record),
            (Lines{"key 1 50", "key 2 50", "enrolled 50 anna", "used 7 0", "newest 7 50"}));
}

TEST(IndexRules, ARefusalChangesNoPerson) {
  EXPECT_EQ(told_of(record_of(HouseholdId{7}, Refusal{})),
            (Lines{"key 1 50", "key 2 50", "used 7 0", "newest 7 50"}));
}

TEST(IndexRules, ADepartureOpensATransfer) {
  EXPECT_EQ(told_of(record_of(HouseholdId{7}, Events{HouseholdDeparted{HouseholdId{9}, {}}})),
            (Lines{"key 1 50", "key 2 50", "used 7 0", "newest 7 50", "used 9 0", "opened 7 9"}));
}

TEST(IndexRules, AnArrivalMovesThePersonsAndClosesTheTransfer) {
  Household contents;
  contents.id = HouseholdId{7};
  contents.persons = {person("anna"), person("bo")};
  EXPECT_EQ(told_of(record_of(HouseholdId{9}, Events{ContentsArrived{contents, Sequence{41}}})),
            (Lines{"key 1 50", "key 2 50", "used 9 0", "newest 9 50", "used 7 0", "person anna 9",
                   "person bo 9", "closed 7 41"}));
}

TEST(IndexRules, WhoLeavesWithAMergeIsSoughtInTheOldHouseholdUntilTheArrival) {
  Household contents;
  contents.id = HouseholdId{7};
  contents.persons = {person("anna"), person("bo")};
  JournalRecord departure =
      record_of(HouseholdId{7}, Events{HouseholdDeparted{HouseholdId{9}, contents}});
  departure.command = DepartCommand{HouseholdId{9}, {}};
  EXPECT_EQ(told_of(departure),
            (Lines{"key 1 50", "key 2 50", "used 7 0", "newest 7 50", "used 9 0", "opened 7 9"}));
}

TEST(IndexRules, WhoLeavesWithASplitIsSoughtWhereHeGoesAtOnce) {
  Household contents;
  contents.id = HouseholdId{7};
  contents.persons = {person("bo")};
  JournalRecord departure =
      record_of(HouseholdId{7}, Events{HouseholdDeparted{HouseholdId{9}, contents}});
  departure.command = DepartCommand{HouseholdId{9}, {PersonId{"bo"}}};
  EXPECT_EQ(told_of(departure), (Lines{"key 1 50", "key 2 50", "used 7 0", "newest 7 50",
                                       "used 9 0", "opened 7 9", "person bo 9"}));
}

// What marks a record has is domain/marks_test.cpp's business.
struct MarkCase {
  const char* name;
  Command command;
  Event event;
  Lines marks;
};

ContributionOrdered order(ContributionStatus status, bool awaits_insurer) {
  ContributionOrdered ordered;
  ordered.order.status = status;
  ordered.order.awaits_insurer = awaits_insurer;
  return ordered;
}

SettlementReversed refund_without_owner() {
  SettlementReversed reversed;
  reversed.suspense = {{PersonId{"anna"}, Bucket::kCarryover, Fen{1}, LinkId{}, 0}};
  return reversed;
}

std::vector<MarkCase> mark_cases() {
  AnswerTaxCommand tax;
  tax.contribution = Sequence{31};
  AnswerInsurerCommand insurer;
  insurer.contribution = Sequence{32};
  return {
      {"suspense",
       ReverseCommand{},
       refund_without_owner(),
       {"marked 1 50", "posted d 0 kind 2", "posted f 0 kind 2"}},
      {"a review", ReviewCommand{}, ReviewMarked{}, {"marked 2 50"}},
      {"a pending premium",
       ContributeCommand{},
       order(ContributionStatus::kPending, false),
       {"marked 3 50"}},
      {"a product", ContributeCommand{}, order(ContributionStatus::kPaid, true), {"marked 4 50"}},
      {"the tax side's answer", tax, ContributionAnswered{}, {"unmarked 3 31"}},
      {"the insurer's answer", insurer, ContributionInsured{}, {"unmarked 4 32"}},
      {"a settlement", SettleCommand{}, Settled{}, {"posted d 0 kind 1"}},
      {"a reversal",
       ReverseCommand{},
       SettlementReversed{},
       {"posted d 0 kind 2", "posted f 0 kind 2"}},
  };
}

TEST(IndexRules, MarksAreOpenedAndClosedAndPostingsMade) {
  for (const MarkCase& each : mark_cases()) {
    JournalRecord record = record_of(HouseholdId{7}, Events{each.event});
    record.command = each.command;
    Lines expected{"key 1 50", "key 2 50", "used 7 0", "newest 7 50"};
    expected.insert(expected.end(), each.marks.begin(), each.marks.end());
    EXPECT_EQ(told_of(record), expected) << each.name;
  }
}

TEST(IndexRules, ARefusedAnswerClosesNothing) {
  JournalRecord record = record_of(HouseholdId{7}, Refusal{});
  record.command = AnswerTaxCommand{PersonId{"anna"}, Sequence{31}, true, ""};
  EXPECT_EQ(told_of(record), (Lines{"key 1 50", "key 2 50", "used 7 0", "newest 7 50"}));
}

}  // namespace
}  // namespace gongji::stores
