// 2103, 2208, 2305: cancel a settlement by its id, and the order of what is sent back to back.
#include <gtest/gtest.h>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

class Cancel : public ::testing::Test {
 protected:
  Cancel() { actors.enrol_all({employee("an", 10000), employee("bo", 10000)}); }
  Sequence settled(const std::string& patient, std::int64_t fen, const std::string& msgid) {
    return actors.submit(settle(patient, fen, msgid)).applied()->sequence;
  }
  ActorsHarness actors;
};

TEST_F(Cancel, ReturnsTheMoneyAndShowsTheSettlement) {
  const Sequence original = settled("an", 3000, "m1");
  const Recorded answer = actors.submit(cancel("an", original, "c1")).recorded();
  EXPECT_EQ(answer.record->event<SettlementReversed>()->kind, ReversalKind::kCancel);
  EXPECT_EQ(answer.original->sequence, original);
  EXPECT_EQ(actors.carryover("an"), 10000);
  const Recorded replayed = actors.submit(cancel("an", original, "c1")).recorded();
  EXPECT_TRUE(replayed.replayed);
  EXPECT_EQ(replayed.original->sequence, original);
}

TEST_F(Cancel, ASecondOneUnderANewIdGetsTheFirstOnesResult) {
  const Sequence original = settled("an", 3000, "m1");
  const RecordPtr first = actors.submit(cancel("an", original, "c1")).applied();
  const Recorded second = actors.submit(cancel("an", original, "c2")).recorded();
  EXPECT_EQ(second.record->sequence, first->sequence);
  EXPECT_TRUE(second.replayed);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(Cancel, OfAnUndoneSettlementIsRefused) {
  const Request original = settle("an", 3000, "m1");
  const Sequence sequence = actors.submit(original).applied()->sequence;
  (void)actors.submit(undo(original, "u1")).applied();
  EXPECT_EQ(actors.submit(cancel("an", sequence, "c1")).refused(), Reason::kAlreadyReversed);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(Cancel, FindsNothingForTheWrongPersonOrInstitutionOrNumber) {
  const Sequence original = settled("an", 3000, "m1");
  const Sequence cancelled = settled("an", 100, "m2");
  const Sequence cancelling = actors.submit(cancel("an", cancelled, "c0")).applied()->sequence;
  EXPECT_EQ(actors.submit(cancel("bo", original, "c1")).refused(), Reason::kNoSettlement);
  EXPECT_EQ(actors.submit(cancel("an", original, "c2", "P002")).refused(), Reason::kNoSettlement);
  for (const std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{1}, cancelling.number(), std::uint64_t{999999},
        std::numeric_limits<std::uint64_t>::max()})
    EXPECT_EQ(actors.submit(cancel("an", Sequence{number}, "n" + std::to_string(number))).refused(),
              Reason::kNoSettlement);
  EXPECT_EQ(actors.submit(cancel("cy", original, "c3")).refused(), Reason::kNoPerson);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

// The cancel looks into the store first; what the same thread sends next must still come after it.
void cancel_then_settle(ActorsHarness& actors, const std::string& id, Sequence original,
                        int round) {
  const std::string n = id + std::to_string(round);
  const Answer cancelled = actors.submit(cancel(id, original, "c" + n));
  const Answer settled = actors.submit(settle(id, 10000, "s" + n));
  (void)cancelled.applied();
  EXPECT_EQ(settled.applied()->event<Settled>()->split().own, Fen{10000});
  EXPECT_LT(cancelled.applied()->sequence, settled.applied()->sequence);
  EXPECT_EQ(actors.carryover(id), 0);
}

TEST_F(Cancel, ThenSettleIsDecidedInThatOrder) {
  Sequence original = settled("an", 10000, "m1");
  for (int round = 0; round < 50; ++round) {
    cancel_then_settle(actors, "an", original, round);
    original = actors.store().durable();
  }
}

TEST(CancelPassive, ThenSettleIsDecidedInThatOrderAlsoWhenNobodyIsInMemory) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  Sequence original;
  {
    ActorsHarness actors{{}, disk};
    actors.enrol_all({employee("an", 10000)});
    original = actors.submit(settle("an", 10000, "m1")).applied()->sequence;
  }
  for (int round = 0; round < 20; ++round) {
    ActorsHarness actors{{}, disk};
    cancel_then_settle(actors, "an", original, round);
    original = actors.store().durable();
  }
}

TEST_F(Cancel, ThatIsRefusedLetsTheNextOneThrough) {
  for (int round = 0; round < 20; ++round) {
    const std::string n = std::to_string(round);
    const Answer refused = actors.submit(cancel("an", Sequence{1}, "c" + n));
    const Answer settled = actors.submit(settle("an", 100, "s" + n));
    EXPECT_EQ(refused.refused(), Reason::kNoSettlement);
    (void)settled.applied();
  }
}

TEST_F(Cancel, ThenUndoOfItThenCancelAnew) {
  const Sequence original = settled("an", 3000, "m1");
  const Request first = cancel("an", original, "c1");
  (void)actors.submit(first).applied();
  (void)actors.submit(undo(first, "u1")).applied();
  const Recorded anew = actors.submit(cancel("an", original, "c2")).recorded();
  EXPECT_FALSE(anew.replayed);
  EXPECT_EQ(actors.carryover("an"), 10000);
}

}  // namespace
}  // namespace gongji::actors::test
