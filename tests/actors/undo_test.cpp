// 2601: undo a message by its id, whatever became of it (key 4; GX-05, GX-14).
#include <gtest/gtest.h>

#include <thread>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

class Undo : public ::testing::Test {
 protected:
  Undo() { actors.enrol_all({employee("an", 10000)}); }
  ActorsHarness actors;
};

TEST_F(Undo, RestoresEverythingOnce) {
  const Request original = settle("an", 3000, "m1");
  const RecordPtr settled = actors.submit(original).applied();
  const Recorded undone = actors.submit(undo(original, "u1")).recorded();
  EXPECT_EQ(undone.record->event<SettlementReversed>()->kind, ReversalKind::kUndo);
  EXPECT_EQ(undone.original->sequence, settled->sequence);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(Undo, RepeatedUnderANewIdSucceedsAndMovesNothing) {
  const Request original = settle("an", 3000, "m1");
  (void)actors.submit(original).applied();
  (void)actors.submit(undo(original, "u1")).applied();
  for (const char* msgid : {"u2", "u3"}) {
    const RecordPtr again = actors.submit(undo(original, msgid)).applied();
    EXPECT_EQ(std::get<Events>(again->outcome).size(), 0u);
    EXPECT_EQ(actors.carryover("an"), 10000);
  }
  const Recorded replayed = actors.submit(undo(original, "u1")).recorded();
  EXPECT_TRUE(replayed.replayed);
  EXPECT_NE(replayed.original, nullptr);
}

TEST_F(Undo, WaitsBehindAnOriginalInFlight) {
  const Request original = settle("an", 3000, "m1");
  actors.store().hold();
  const Answer settled = actors.submit(original);
  actors.store().wait_until_held();
  const Answer undone = actors.submit(undo(original, "u1"));
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  EXPECT_FALSE(undone.arrived());
  actors.store().release();
  (void)settled.applied();
  EXPECT_NE(undone.applied()->event<SettlementReversed>(), nullptr);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(Undo, BarsAnOriginalThatNeverCame) {
  const Request original = settle("an", 3000, "m1");
  const RecordPtr barred = actors.submit(undo(original, "u1")).applied();
  EXPECT_TRUE(barred->household.is_none());
  EXPECT_EQ(actors.submit(original).refused(), Reason::kReversedBeforeArrival);
  (void)actors.submit(undo(original, "u2")).applied();
  EXPECT_EQ(actors.submit(original).refused(), Reason::kReversedBeforeArrival);
  EXPECT_TRUE(actors.submit(undo(original, "u1")).recorded().replayed);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(Undo, TheLateOriginalStaysBarredAfterARestart) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  const Request original = settle("bo", 3000, "m1");
  {
    ActorsHarness before{{}, disk};
    before.enrol_all({employee("bo", 10000)});
    (void)before.submit(undo(original, "u1")).applied();
  }
  ActorsHarness after{{}, disk};
  EXPECT_EQ(after.submit(original).refused(), Reason::kReversedBeforeArrival);
}

TEST_F(Undo, OriginalAndUndoAtTheSameTimeEndWithNothingMoved) {
  for (int i = 0; i < 50; ++i) {
    const std::string n = std::to_string(i);
    const Request original = settle("an", 3000, "m" + n);
    Answer settled;
    std::thread other{[&] { settled = actors.submit(original); }};
    const Answer undone = actors.submit(undo(original, "u" + n));
    other.join();
    (void)undone.applied();
    const Reason reason = settled.refused();
    EXPECT_TRUE(reason == Reason::kNone || reason == Reason::kReversedBeforeArrival);
    EXPECT_EQ(actors.carryover("an"), 10000);
  }
}

TEST_F(Undo, OfARefusedOriginalSucceedsAndTheRefusalStands) {
  const Request original = settle("an", -1, "m1");
  EXPECT_EQ(actors.submit(original).refused(), Reason::kIdentity);
  (void)actors.submit(undo(original, "u1")).applied();
  EXPECT_EQ(actors.submit(original).refused(), Reason::kIdentity);
  EXPECT_TRUE(actors.submit(original).recorded().replayed);
}

TEST_F(Undo, AfterItTheOriginalIsToldThatItWasReversed) {
  const Request original = settle("an", 3000, "m1");
  (void)actors.submit(original).applied();
  (void)actors.submit(undo(original, "u1")).applied();
  EXPECT_EQ(actors.submit(original).refused(), Reason::kAlreadyReversed);
  EXPECT_EQ(actors.carryover("an"), 10000);
  (void)actors.submit(settle("an", 4000, "m1")).as<KeyReused>();
}

TEST_F(Undo, AnotherInstitutionsMessageIsNotFound) {
  const Request original = settle("an", 3000, "m1");
  (void)actors.submit(original).applied();
  const RecordPtr barred = actors.submit(undo(original, "u1", "P002")).applied();
  EXPECT_TRUE(barred->household.is_none()) << "bars a message of its own, which never came";
  EXPECT_EQ(actors.carryover("an"), 7000);
  EXPECT_TRUE(actors.submit(original).recorded().replayed);
}

TEST_F(Undo, OfASettlementThatACancelAlreadyUndidMovesNothing) {
  const Request original = settle("an", 3000, "m1");
  const RecordPtr settled = actors.submit(original).applied();
  (void)actors.submit(cancel("an", settled->sequence, "c1")).applied();
  EXPECT_EQ(actors.submit(undo(original, "u1")).applied()->event<SettlementReversed>(), nullptr);
  EXPECT_EQ(actors.carryover("an"), 10000);
  EXPECT_EQ(actors.submit(original).refused(), Reason::kAlreadyReversed);
}

TEST_F(Undo, OfACancelAppliesTheSettlementAgain) {
  const RecordPtr settled = actors.submit(settle("an", 3000, "m1")).applied();
  const Request cancelling = cancel("an", settled->sequence, "c1");
  (void)actors.submit(cancelling).applied();
  const Recorded undone = actors.submit(undo(cancelling, "u1")).recorded();
  EXPECT_NE(undone.record->event<SettlementReapplied>(), nullptr);
  EXPECT_EQ(undone.original->sequence, settled->sequence);
  EXPECT_EQ(actors.carryover("an"), 7000);
  EXPECT_EQ(actors.submit(cancelling).refused(), Reason::kAlreadyReversed);
}

TEST_F(Undo, OfACancelIsRefusedWhenTheMoneyIsGone) {
  const RecordPtr settled = actors.submit(settle("an", 3000, "m1")).applied();
  const Request cancelling = cancel("an", settled->sequence, "c1");
  (void)actors.submit(cancelling).applied();
  (void)actors.submit(settle("an", 9000, "m2")).applied();
  const Answer refused = actors.submit(undo(cancelling, "u1"));
  EXPECT_EQ(refused.refused(), Reason::kFundEmpty);
  EXPECT_EQ(actors.carryover("an"), 1000);
  EXPECT_TRUE(actors.submit(cancelling).recorded().replayed) << "the cancel stands";
  EXPECT_TRUE(actors.submit(undo(cancelling, "u1")).recorded().replayed);
}

TEST_F(Undo, OfACancelIsRefusedWhenItsBatchWasSettledAnew) {
  const Sequence first = actors.submit(settle_batch("an", 1000, "m1", "b1")).applied()->sequence;
  const Request cancelling = cancel("an", first, "c1");
  (void)actors.submit(cancelling).applied();
  const Sequence anew = actors.submit(settle_batch("an", 1000, "m2", "b1")).applied()->sequence;
  const Answer refused = actors.submit(undo(cancelling, "u1"));
  EXPECT_EQ(refused.refused(), Reason::kPossibleDuplicate);
  EXPECT_TRUE(actors.submit(undo(cancelling, "u1")).recorded().replayed);
  EXPECT_EQ(actors.carryover("an"), 9000);
  EXPECT_EQ(actors.submit(settle_batch("an", 1000, "m3", "b1")).applied()->sequence, anew);
}

TEST_F(Undo, OfACancelAppliesItsBatchAgainWhenNobodyElseDid) {
  const Sequence first = actors.submit(settle_batch("an", 1000, "m1", "b1")).applied()->sequence;
  const Request cancelling = cancel("an", first, "c1");
  (void)actors.submit(cancelling).applied();
  actors.store().hold();
  const Answer undone = actors.submit(undo(cancelling, "u1"));
  actors.store().wait_until_held();
  const Answer anew = actors.submit(settle_batch("an", 1000, "m2", "b1"));  // at the same time
  actors.store().release();
  EXPECT_NE(undone.applied()->event<SettlementReapplied>(), nullptr);
  EXPECT_EQ(anew.applied()->sequence, first);
  EXPECT_EQ(actors.carryover("an"), 9000);
}

TEST_F(Undo, OfACancelWhoseSettlementWasUndoneMovesNothing) {
  const Request original = settle("an", 3000, "m1");
  const Request cancelling = cancel("an", actors.submit(original).applied()->sequence, "c1");
  (void)actors.submit(cancelling).applied();
  (void)actors.submit(undo(original, "u1")).applied();
  const RecordPtr nothing = actors.submit(undo(cancelling, "u2")).applied();
  EXPECT_EQ(std::get<Events>(nothing->outcome).size(), 0u);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

// Both were answered with success: what was taken back stays so, whichever came first.
TEST_F(Undo, OfACancelAndOfItsSettlementAtOnce) {
  for (int round = 0; round < 20; ++round) {
    const std::string n = std::to_string(round);
    const Request original = settle("an", 3000, "m" + n);
    const Request cancelling = cancel("an", actors.submit(original).applied()->sequence, "c" + n);
    (void)actors.submit(cancelling).applied();
    actors.store().hold();
    const Answer plug = actors.submit(settle("an", 0, "p" + n));
    actors.store().wait_until_held();
    const Answer of_settlement = actors.submit(undo(original, "u" + n));
    const Answer of_cancel = actors.submit(undo(cancelling, "v" + n));
    actors.store().release();
    (void)plug.wait();
    (void)of_settlement.applied();
    (void)of_cancel.applied();
    EXPECT_EQ(actors.submit(original).refused(), Reason::kAlreadyReversed);
    EXPECT_EQ(actors.carryover("an"), 10000) << "round " << round;
  }
}

TEST_F(Undo, OfACancelWhoseSettlementWasUndoneIsAnsweredFromItsRecordAlone) {
  const Request original = settle("an", 3000, "m1");
  const Request cancelling = cancel("an", actors.submit(original).applied()->sequence, "c1");
  (void)actors.submit(cancelling).applied();
  (void)actors.submit(undo(original, "u1")).applied();
  EXPECT_EQ(actors.submit(undo(cancelling, "u2")).recorded().original, nullptr);
  EXPECT_EQ(actors.submit(undo(cancelling, "u2")).recorded().original, nullptr);
}

TEST_F(Undo, OfAnUndoneCancelDoesNotTouchALaterCancel) {
  const RecordPtr settled = actors.submit(settle("an", 3000, "m1")).applied();
  const Request first = cancel("an", settled->sequence, "c1");
  (void)actors.submit(first).applied();
  (void)actors.submit(undo(first, "u1")).applied();
  (void)actors.submit(cancel("an", settled->sequence, "c2")).applied();
  const RecordPtr again = actors.submit(undo(first, "u2")).applied();
  EXPECT_EQ(std::get<Events>(again->outcome).size(), 0u);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(Undo, OfAnEnrolmentIsRefused) {
  Request original = enrol(employee("an", 10000));
  original.origin.key.institution = InstitutionCode{kPharmacy};
  original.origin.key.msgid = "e9";
  original.key_hash = message_hash(original.origin.key);
  (void)actors.submit(original).applied();
  EXPECT_EQ(actors.submit(undo(original, "u1")).refused(), Reason::kNoSettlement);
}

TEST_F(Undo, OfItselfIsJustAMessageThatNeverCame) {
  Request itself = undo(settle("an", 1, "m1"), "u1");
  auto& ask = std::get<UndoRequest>(itself.ask);
  ask.original = itself.origin.key;
  ask.original_hash = itself.key_hash;
  const RecordPtr record = actors.submit(itself).applied();  // nobody waits for himself
  EXPECT_TRUE(std::holds_alternative<TombstoneCommand>(record->command));
}

}  // namespace
}  // namespace gongji::actors::test
