// Contributions through the real directory: once per person and year whoever pays, and an answer of
// the outside parties that is applied once however often it is carried.
#include <gtest/gtest.h>

#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

// A family that may use both modes.
void form_family(ActorsHarness& actors, const std::string& organiser,
                 const std::vector<std::string>& members) {
  FormNetworkCommand command{PersonId{organiser}, "SH", {Mode::kPay, Mode::kPremium}, {}};
  for (const std::string& member : members)
    command.members.push_back({PersonId{member}, Relation::kChild, {}, {}});
  (void)actors.submit(administer("form-" + organiser, std::move(command))).applied();
}

void expect_sound(ActorsHarness& actors) {
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

TEST(Contributions, APremiumIsPaidOncePerPersonAndYear) {
  ActorsHarness actors;
  actors.enrol_all({employee("father", 100000), resident("kid")});
  form_family(actors, "father", {"kid"});
  const Request order = contribute("kid", "father", "p1");
  EXPECT_NE(actors.submit(order).applied()->event<ContributionOrdered>(), nullptr);
  EXPECT_TRUE(actors.submit(order).recorded().replayed);
  EXPECT_EQ(actors.submit(contribute("kid", "father", "p2")).refused(), Reason::kAlreadyPaid);
  EXPECT_EQ(actors.carryover("father"), 100000 - 38000);
  expect_sound(actors);
}

// SH-44: two relatives in two households buy the same product for one person.
TEST(Contributions, WhoPaidInAnotherHouseholdCounts) {
  ActorsHarness actors;
  actors.enrol_all({employee("son", 50000), employee("daughter", 50000), resident("father")});
  (void)actors.submit(contribute("father", "son", "p1", "COMMERCIAL")).applied();
  EXPECT_EQ(actors.submit(contribute("father", "daughter", "p2", "COMMERCIAL")).refused(),
            Reason::kAlreadyPaid);
  EXPECT_EQ(actors.carryover("son"), 50000 - 12900);
  EXPECT_EQ(actors.carryover("daughter"), 50000);
  expect_sound(actors);
}

TEST(Contributions, ManyOrdersAtOncePayOnce) {
  ActorsHarness actors;
  actors.enrol_all({employee("son", 500000), employee("daughter", 500000), resident("father")});
  std::vector<Answer> answers;
  for (int i = 0; i < 40; ++i)
    answers.push_back(actors.submit(contribute("father", i % 2 == 0 ? "son" : "daughter",
                                               "p" + std::to_string(i), "COMMERCIAL")));
  unsigned paid = 0;
  for (const Answer& answer : answers) paid += answer.refused() == Reason::kNone ? 1 : 0;
  EXPECT_EQ(paid, 1u);
  EXPECT_EQ(actors.carryover("son") + actors.carryover("daughter"), 1000000 - 12900);
  expect_sound(actors);
}

TEST(Contributions, ARefusedPolicyGivesTheMoneyBackOnceAndMayBeOrderedAnew) {
  ActorsHarness actors;
  actors.enrol_all({employee("son", 50000)});
  const Sequence order =
      actors.submit(contribute("son", "son", "p1", "COMMERCIAL")).applied()->sequence;
  const auto refused = [&] { return AnswerInsurerCommand{PersonId{"son"}, order, false, "age"}; };
  EXPECT_NE(actors.submit(administer("i1", refused())).applied()->event<ContributionReversed>(),
            nullptr);
  EXPECT_EQ(actors.submit(administer("i2", refused())).applied()->event<ContributionReversed>(),
            nullptr);
  EXPECT_EQ(actors.carryover("son"), 50000);
  (void)actors.submit(contribute("son", "son", "p2", "COMMERCIAL")).applied();
  EXPECT_EQ(actors.carryover("son"), 50000 - 12900);
  expect_sound(actors);
}

TEST(Contributions, AnAnswerForWhatIsNoOrderIsNotFound) {
  ActorsHarness actors;
  actors.enrol_all({employee("son", 50000)});
  const PersonId son{"son"};
  EXPECT_EQ(
      actors.submit(administer("i1", AnswerInsurerCommand{son, Sequence{1}, true, ""})).refused(),
      Reason::kNotFound);
  EXPECT_EQ(
      actors.submit(administer("i2", AnswerTaxCommand{son, Sequence{99}, true, ""})).refused(),
      Reason::kNotFound);
}

SettleCommand smaller_bill(const RecordPtr& original, std::int64_t fen) {
  SettleCommand smaller = *original->settle_command();
  smaller.parts.medfee_sum = Fen{fen};
  return smaller;
}

// GX-07, with the family apart meanwhile and the batch sent once more afterwards.
TEST(PartialRefund, IsOneRecordAndKeepsTheBusinessKey) {
  ActorsHarness actors;
  actors.enrol_all({employee("father", 10000), resident("kid")});
  form_family(actors, "father", {"kid"});
  const RecordPtr paid = actors.submit(settle_batch("kid", 5000, "m1", "b1")).applied();
  const RecordPtr refund =
      actors
          .submit(administer("r1", PartialRefundCommand{paid->sequence, smaller_bill(paid, 2000)}))
          .applied();
  EXPECT_NE(refund->event<SettlementReversed>(), nullptr);
  EXPECT_EQ(refund->event<Settled>()->split().family, Fen{2000});
  EXPECT_EQ(actors.carryover("father"), 8000);
  EXPECT_EQ(actors.submit(settle_batch("kid", 5000, "m2", "b1")).applied()->sequence,
            refund->sequence);
  (void)actors.submit(cancel("kid", refund->sequence, "c1")).applied();
  EXPECT_EQ(actors.carryover("father"), 10000);
  expect_sound(actors);
}

TEST(PartialRefund, ABiggerBillIsRefusedAndNothingMoves) {
  ActorsHarness actors;
  actors.enrol_all({employee("father", 10000)});
  const RecordPtr paid = actors.submit(settle("father", 5000, "m1")).applied();
  EXPECT_EQ(
      actors
          .submit(administer("r1", PartialRefundCommand{paid->sequence, smaller_bill(paid, 5001)}))
          .refused(),
      Reason::kField);
  EXPECT_EQ(actors.carryover("father"), 5000);
}

// GX-09: money must never vanish.
TEST(Suspense, TakesWhatAClosedAccountCannot) {
  ActorsHarness actors;
  actors.enrol_all({employee("father", 10000), resident("kid")});
  form_family(actors, "father", {"kid"});
  const Sequence paid = actors.submit(settle("kid", 4000, "m1")).applied()->sequence;
  (void)actors.submit(administer("t1", TransferOutCommand{PersonId{"father"}, "TRANSFER"}))
      .applied();
  const RecordPtr reversed = actors.submit(cancel("kid", paid, "c1")).applied();
  EXPECT_EQ(sum_of(reversed->event<SettlementReversed>()->suspense), Fen{4000});
  EXPECT_EQ(actors.carryover("father"), 0);
  expect_sound(actors);
}

}  // namespace
}  // namespace gongji::actors::test
