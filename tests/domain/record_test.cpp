#include "domain/record.hpp"

#include <gtest/gtest.h>

namespace gongji {
namespace {

const PersonId kWang{"wang"};

Person wang() {
  Person person;
  person.id = kWang;
  person.current_year = Fen{100};
  person.carryover = Fen{900};
  return person;
}

Instant second(int count) { return Instant{std::chrono::seconds{count}}; }

JournalRecord record(std::uint64_t sequence, std::uint64_t previous, int at, Outcome outcome,
                     std::vector<BalanceAfter> balances) {
  JournalRecord made;
  made.sequence = Sequence{sequence};
  made.previous = Sequence{previous};
  made.household = HouseholdId{4};
  made.at = second(at);
  made.outcome = std::move(outcome);
  made.balances = std::move(balances);
  return made;
}

JournalRecord enrolment() {
  return record(5, 0, 10, Events{PersonEnrolled{wang()}}, {{kWang, Fen{100}, Fen{900}}});
}

Settled purchase() {
  Settled settled;
  settled.patient = kWang;
  settled.own = {{kWang, Bucket::kCarryover, Fen{30}, LinkId{}}};
  settled.bill = Fen{30};
  return settled;
}

HouseholdImage enrolled() { return fold({}, enrolment()).value(); }

TEST(RecordFold, builds_the_household_record_by_record) {
  const HouseholdImage image = enrolled();
  EXPECT_EQ(image.state.id, HouseholdId{4});
  EXPECT_EQ(image.last_sequence, Sequence{5});
  EXPECT_EQ(image.last_at, second(10));
  const auto next =
      fold(image, record(9, 5, 10, Events{purchase()}, {{kWang, Fen{100}, Fen{870}}}));
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(next->state.find(kWang)->carryover, Fen{870});
}

TEST(RecordFold, a_refusal_moves_the_place_in_the_journal_and_nothing_else) {
  const auto next =
      fold(enrolled(), record(9, 5, 12, Refusal{Reason::kNotOwnCard, "", {}, {}}, {}));
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(next->state, enrolled().state);
  EXPECT_EQ(next->last_sequence, Sequence{9});
  EXPECT_EQ(next->last_at, second(12));
}

TEST(RecordFold, finds_a_record_missing_before_it) {
  const auto next = fold(enrolled(), record(9, 7, 10, Events{}, {}));
  ASSERT_FALSE(next.ok());
  EXPECT_EQ(next.error(), "record 9: follows 7 but its household stands at 5");
}

TEST(RecordFold, finds_time_that_runs_backwards) {
  const auto next = fold(enrolled(), record(9, 5, 9, Events{}, {}));
  ASSERT_FALSE(next.ok());
  EXPECT_EQ(next.error(), "record 9: goes back in time");
}

TEST(RecordFold, finds_balances_that_the_events_do_not_give) {
  const std::vector<std::vector<BalanceAfter>> wrong{{},
                                                     {{kWang, Fen{100}, Fen{900}}},
                                                     {{kWang, Fen{70}, Fen{900}}},
                                                     {{PersonId{"li"}, Fen{100}, Fen{870}}}};
  for (const auto& balances : wrong) {
    const auto next = fold(enrolled(), record(9, 5, 10, Events{purchase()}, balances));
    ASSERT_FALSE(next.ok());
    EXPECT_EQ(next.error(), "record 9: claims balances its events do not give");
  }
}

TEST(Record, balances_are_those_of_everybody_touched_once_each) {
  Household home;
  Person mother = wang();
  mother.id = PersonId{"mother"};
  home.persons = {wang(), mother};
  Settled settled = purchase();
  settled.family = {{mother.id, Bucket::kCurrentYear, Fen{1}, LinkId{1}},
                    {mother.id, Bucket::kCarryover, Fen{1}, LinkId{1}}};
  const auto balances = balances_touched(home, {settled, settled});
  ASSERT_EQ(balances.size(), 2U);
  EXPECT_EQ(balances[0].person, kWang);
  EXPECT_EQ(balances[1].person, mother.id);
  EXPECT_TRUE(balances_touched(home, {NetworkFormed{kWang, "SH"}}).empty());
}

TEST(Record, gives_out_its_event_or_its_refusal) {
  const JournalRecord applied = enrolment();
  EXPECT_TRUE(applied.applied());
  ASSERT_NE(applied.event<PersonEnrolled>(), nullptr);
  EXPECT_EQ(applied.event<Settled>(), nullptr);
  EXPECT_EQ(applied.refusal(), nullptr);
  const JournalRecord refused = record(1, 0, 0, Refusal{Reason::kField, "quota", {}, {}}, {});
  EXPECT_FALSE(refused.applied());
  EXPECT_EQ(refused.refusal()->detail, "quota");
  EXPECT_EQ(refused.event<Settled>(), nullptr);
}

}  // namespace
}  // namespace gongji
