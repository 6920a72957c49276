// 2602: what became of a message.
#include <gtest/gtest.h>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

class MessageState2602 : public ::testing::Test {
 protected:
  MessageState2602() { actors.enrol_all({employee("an", 10000)}); }
  MessageFound found(const Request& message, const std::string& institution = kPharmacy) {
    return actors.submit(query(message, institution)).as<MessageFound>();
  }
  ActorsHarness actors;
  const Request original = settle("an", 3000, "m1");
};

TEST_F(MessageState2602, Unknown) {
  EXPECT_EQ(found(original).state, MessageState::kUnknown);
  EXPECT_EQ(found(original).record, nullptr);
}

TEST_F(MessageState2602, InFlight) {
  actors.store().hold();
  const Answer settled = actors.submit(original);
  actors.store().wait_until_held();
  EXPECT_EQ(found(original).state, MessageState::kInFlight);
  actors.store().release();
  (void)settled.applied();
}

TEST_F(MessageState2602, AppliedFromTheMomentItIsAnswered) {
  for (int i = 0; i < 50; ++i) {
    const Request each = settle("an", 1, "r" + std::to_string(i));
    const Sequence sequence = actors.submit(each).applied()->sequence;
    const MessageFound state = found(each);
    EXPECT_EQ(state.state, MessageState::kApplied);
    ASSERT_NE(state.record, nullptr);
    EXPECT_EQ(state.record->sequence, sequence);
  }
}

TEST_F(MessageState2602, Refused) {
  const Request refused = settle("an", -1, "m2");
  (void)actors.submit(refused).wait();
  EXPECT_EQ(found(refused).state, MessageState::kRefused);
  EXPECT_NE(found(refused).record, nullptr);
}

TEST_F(MessageState2602, ReversedByUndoOrCancel) {
  (void)actors.submit(original).applied();
  (void)actors.submit(undo(original, "u1")).applied();
  EXPECT_EQ(found(original).state, MessageState::kReversed);
  const Request second = settle("an", 100, "m2");
  const Sequence sequence = actors.submit(second).applied()->sequence;
  (void)actors.submit(cancel("an", sequence, "c1")).applied();
  EXPECT_EQ(found(second).state, MessageState::kReversed);
}

TEST_F(MessageState2602, OfACancelAndOfAnUndoneCancel) {
  const Sequence sequence = actors.submit(original).applied()->sequence;
  const Request cancelling = cancel("an", sequence, "c1");
  (void)actors.submit(cancelling).applied();
  EXPECT_EQ(found(cancelling).state, MessageState::kApplied);
  EXPECT_EQ(found(cancelling).original->sequence, sequence);
  (void)actors.submit(undo(cancelling, "u1")).applied();
  EXPECT_EQ(found(cancelling).state, MessageState::kReversed);
  EXPECT_EQ(found(original).state, MessageState::kApplied);
}

TEST_F(MessageState2602, ReversedBeforeArrival) {
  (void)actors.submit(undo(original, "u1")).applied();
  EXPECT_EQ(found(original).state, MessageState::kReversedBeforeArrival);
  EXPECT_EQ(found(original).record, nullptr);
}

TEST_F(MessageState2602, AnotherInstitutionsMessageIsUnknown) {
  (void)actors.submit(original).applied();
  EXPECT_EQ(found(original, "P002").state, MessageState::kUnknown);
}

TEST(MessageState2602Passive, FoundAfterARestart) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  const Request original = settle("an", 3000, "m1");
  {
    ActorsHarness actors{{}, disk};
    actors.enrol_all({employee("an", 10000)});
    (void)actors.submit(original).applied();
  }
  ActorsHarness actors{{}, disk};
  EXPECT_EQ(actors.submit(query(original)).as<MessageFound>().state, MessageState::kApplied);
}

}  // namespace
}  // namespace gongji::actors::test
