// 2207 under a new message id: the same batch is settled once, and anew after its cancel (key 2).
#include <gtest/gtest.h>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

class BusinessKey : public ::testing::Test {
 protected:
  BusinessKey() { actors.enrol_all({employee("an", 10000), employee("bo", 10000)}); }
  ActorsHarness actors;
};

TEST_F(BusinessKey, ASecondSettlementOfABatchGetsTheFirstResult) {
  const RecordPtr first = actors.submit(settle_batch("an", 3000, "m1", "b1")).applied();
  const Recorded second = actors.submit(settle_batch("an", 3000, "m2", "b1")).recorded();
  EXPECT_EQ(second.record->sequence, first->sequence);
  EXPECT_TRUE(second.replayed);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST_F(BusinessKey, BothInFlight) {
  actors.store().hold();
  const Answer first = actors.submit(settle_batch("an", 3000, "m1", "b1"));
  actors.store().wait_until_held();
  const Answer second = actors.submit(settle_batch("an", 3000, "m2", "b1"));
  actors.store().release();
  EXPECT_EQ(second.applied()->sequence, first.applied()->sequence);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST_F(BusinessKey, AfterACancelItSettlesAnew) {
  const Sequence first = actors.submit(settle_batch("an", 3000, "m1", "b1")).applied()->sequence;
  (void)actors.submit(cancel("an", first, "c1")).applied();
  const Recorded anew = actors.submit(settle_batch("an", 3000, "m2", "b1")).recorded();
  EXPECT_FALSE(anew.replayed);
  EXPECT_EQ(actors.carryover("an"), 7000);
  EXPECT_EQ(actors.submit(settle_batch("an", 3000, "m3", "b1")).applied()->sequence,
            anew.record->sequence);
}

TEST_F(BusinessKey, ARefusedSettlementDoesNotTakeTheKey) {
  EXPECT_EQ(actors.submit(settle_batch("an", -1, "m1", "b1")).refused(), Reason::kIdentity);
  EXPECT_FALSE(actors.submit(settle_batch("an", 3000, "m2", "b1")).recorded().replayed);
}

TEST_F(BusinessKey, AnotherPersonOnTheSameBatchIsShownTheFirstWhileItStands) {
  const Sequence first = actors.submit(settle_batch("an", 3000, "m1", "b1")).applied()->sequence;
  const Recorded other = actors.submit(settle_batch("bo", 3000, "m2", "b1")).recorded();
  EXPECT_EQ(other.record->sequence, first);  // the gateway names what differs
  EXPECT_EQ(actors.carryover("bo"), 10000);
}

TEST_F(BusinessKey, AnotherPersonMayUseTheBatchOnceTheFirstIsCancelled) {
  const Sequence first = actors.submit(settle_batch("an", 3000, "m1", "b1")).applied()->sequence;
  (void)actors.submit(cancel("an", first, "c1")).applied();
  const Answer corrected = actors.submit(settle_batch("bo", 3000, "m2", "b1"));
  const Answer next = actors.submit(settle("bo", 100, "m3"));
  EXPECT_FALSE(corrected.recorded().replayed);
  EXPECT_LT(corrected.applied()->sequence, next.applied()->sequence);
  EXPECT_EQ(actors.carryover("an"), 10000);
  EXPECT_EQ(actors.carryover("bo"), 6900);
}

TEST_F(BusinessKey, WhoWasShownAnothersResultIsNotRemembered) {
  const Sequence first = actors.submit(settle_batch("an", 3000, "m1", "b1")).applied()->sequence;
  (void)actors.submit(settle_batch("bo", 3000, "m2", "b1")).recorded();
  (void)actors.submit(settle_batch("an", 4000, "m3", "b1")).recorded();
  (void)actors.submit(cancel("an", first, "c1")).applied();
  EXPECT_FALSE(actors.submit(settle_batch("bo", 3000, "m2", "b1")).recorded().replayed);
  EXPECT_EQ(actors.carryover("bo"), 7000);
}

// ---- the new id is an id like any other from then on ----

class RepeatedFact : public BusinessKey {
 protected:
  RepeatedFact() {
    first = actors.submit(original).applied();
    (void)actors.submit(repeat).recorded();
  }
  MessageState state(const Request& message) {
    return actors.submit(query(message)).as<MessageFound>().state;
  }
  const Request original = settle_batch("an", 3000, "m1", "b1");
  const Request repeat = settle_batch("an", 3000, "m2", "b1");
  RecordPtr first;
};

TEST_F(RepeatedFact, ALateCopyDoesNotSettleAnewWhatWasCancelled) {
  (void)actors.submit(cancel("an", first->sequence, "c1")).applied();
  EXPECT_EQ(*actors.submit(repeat).recorded().record, *first);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(RepeatedFact, AnotherInputUnderItsIdIsTold) {
  const Answer altered = actors.submit(settle_batch("an", 3000, "m2", "b2"));
  EXPECT_EQ(altered.as<KeyReused>().first->origin.key.msgid, "m2");
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST_F(RepeatedFact, AQueryFindsWhatItWasAnsweredWith) {
  const MessageFound found = actors.submit(query(repeat)).as<MessageFound>();
  EXPECT_EQ(found.state, MessageState::kApplied);
  EXPECT_EQ(*found.record, *first);
  (void)actors.submit(cancel("an", first->sequence, "c1")).applied();
  EXPECT_EQ(state(repeat), MessageState::kReversed);
}

TEST_F(RepeatedFact, AnUndoOfItTakesTheSettlementBack) {
  (void)actors.submit(undo(repeat, "u1")).applied();
  EXPECT_EQ(actors.carryover("an"), 10000);
  for (const Request& message : {original, repeat}) {
    EXPECT_EQ(actors.submit(message).refused(), Reason::kAlreadyReversed);
    EXPECT_EQ(state(message), MessageState::kReversed);
  }
  (void)actors.submit(undo(original, "u2")).applied();
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(RepeatedFact, UndosOfBothAtOnceGiveTheMoneyBackOnce) {
  actors.store().hold();
  const Answer one = actors.submit(undo(original, "u1"));
  const Answer other = actors.submit(undo(repeat, "u2"));
  actors.store().release();
  (void)one.applied();
  (void)other.applied();
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(RepeatedFact, ALateCopyOfARepeatedCancelDoesNotCancelAnewWhatWasRestored) {
  const Request cancelling = cancel("an", first->sequence, "c1");
  const Request again = cancel("an", first->sequence, "c2");
  const RecordPtr cancelled = actors.submit(cancelling).applied();
  (void)actors.submit(again).recorded();
  (void)actors.submit(undo(again, "u1")).applied();
  EXPECT_EQ(actors.carryover("an"), 7000) << "the settlement stands again";
  for (const Request& message : {cancelling, again})
    EXPECT_EQ(actors.submit(message).refused(), Reason::kAlreadyReversed);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST(BusinessKeyPassive, ARepeatIsRememberedAcrossARestart) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  Sequence first;
  {
    ActorsHarness actors{{}, disk};
    actors.enrol_all({employee("an", 10000)});
    first = actors.submit(settle_batch("an", 3000, "m1", "b1")).applied()->sequence;
    (void)actors.submit(settle_batch("an", 3000, "m2", "b1")).recorded();
    (void)actors.submit(cancel("an", first, "c1")).applied();
  }
  ActorsHarness actors{{}, disk};
  EXPECT_EQ(actors.submit(settle_batch("an", 3000, "m2", "b1")).recorded().record->sequence, first);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST(BusinessKeyPassive, AnotherPersonsBatchIsLookedUpInHisHousehold) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  Sequence first;
  {
    ActorsHarness actors{{}, disk};
    actors.enrol_all({employee("an", 10000), employee("bo", 10000)});
    first = actors.submit(settle_batch("an", 3000, "m1", "b1")).applied()->sequence;
  }
  ActorsHarness actors{{}, disk};
  EXPECT_EQ(actors.submit(settle_batch("bo", 3000, "m2", "b1")).recorded().record->sequence, first);
}

}  // namespace
}  // namespace gongji::actors::test
