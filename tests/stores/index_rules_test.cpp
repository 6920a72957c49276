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
  void person(const PersonId& person, HouseholdId lives_in) override {
    lines.push_back("person " + person.text() + " " + std::to_string(lives_in.number()));
  }
  void newest(HouseholdId household, Sequence record) override {
    add("newest", household.number(), record.number());
  }
  void transfer_opened(const OpenTransfer& transfer) override {
    add("opened", transfer.from.number(), transfer.to.number());
  }
  void transfer_closed(HouseholdId from) override { add("closed", from.number(), 0); }
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
  EXPECT_EQ(told_of(record_of(HouseholdId{9}, Events{ContentsArrived{contents}})),
            (Lines{"key 1 50", "key 2 50", "used 9 0", "newest 9 50", "used 7 0", "person anna 9",
                   "person bo 9", "closed 7 0"}));
}

}  // namespace
}  // namespace gongji::stores
