// 2201 … 2205: recorded without a household, once.
#include <gtest/gtest.h>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

using namespace std::chrono_literals;

class Visits : public ::testing::Test {
 protected:
  Visits() { actors.enrol_all({employee("an", 10000), employee("bo", 100)}); }
  ActorsHarness actors;
};

TEST_F(Visits, AreRecordsOfNoHousehold) {
  const RecordPtr visit = actors.submit(register_visit("an", "v1", "OP-1")).applied();
  EXPECT_TRUE(visit->household.is_none());
  EXPECT_EQ(std::get<RecordVisitCommand>(visit->command).patient, PersonId{"an"});
  EXPECT_TRUE(std::get<Events>(visit->outcome).empty());
  EXPECT_TRUE(visit->balances.empty());
  EXPECT_EQ(visit->origin.business_input, "an|OP-1");
  EXPECT_EQ(actors.carryover("an"), 10000);
}

TEST_F(Visits, OfNobodyWeKnowAreRefusedAndForgotten) {
  const std::size_t before = actors.records();
  EXPECT_EQ(actors.submit(register_visit("nobody", "v1", "OP-1")).refused(), Reason::kNoPerson);
  EXPECT_EQ(actors.records(), before);
  actors.enrol_all({employee("nobody", 1)});
  (void)actors.submit(register_visit("nobody", "v1", "OP-1")).applied();
}

TEST_F(Visits, RepeatedUnderTheirMessageIdAreTheFirst) {
  const Request request = register_visit("an", "v1", "OP-1");
  const RecordPtr first = actors.submit(request).applied();
  const Recorded again = actors.submit(request).recorded();
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.record->sequence, first->sequence);
  Request other = request;
  other.origin.business_input = "an|OP-2";
  other.origin.digest[0] ^= 1;
  EXPECT_EQ(actors.submit(other).as<KeyReused>().first->sequence, first->sequence);
}

TEST_F(Visits, RegisteredAnewUnderANewMessageIdAreTheSameVisit) {
  const RecordPtr first = actors.submit(register_visit("an", "v1", "OP-1")).applied();
  const Recorded retried = actors.submit(register_visit("an", "v2", "OP-1")).recorded();
  EXPECT_TRUE(retried.replayed);
  EXPECT_EQ(retried.record->sequence, first->sequence);
  const Request retry = register_visit("an", "v2", "OP-1");
  EXPECT_EQ(actors.submit(query(retry)).as<MessageFound>().record->sequence, first->sequence);
  EXPECT_NE(actors.submit(register_visit("an", "v3", "OP-2")).applied()->sequence, first->sequence);
  EXPECT_NE(actors.submit(register_visit("bo", "v4", "OP-1")).applied()->sequence, first->sequence);
}

TEST_F(Visits, WithdrawnOrOfAnotherDayAreNewOnes) {
  const RecordPtr first = actors.submit(register_visit("an", "v1", "OP-1")).applied();
  (void)actors.submit(withdraw_visit("an", "w1", "OP-1")).applied();
  const RecordPtr second = actors.submit(register_visit("an", "v2", "OP-1")).applied();
  EXPECT_GT(second->sequence, first->sequence);
  Request tomorrow = register_visit("an", "v3", "OP-1");
  tomorrow.origin.received_at += 24h;
  EXPECT_GT(actors.submit(tomorrow).applied()->sequence, second->sequence);
}

TEST_F(Visits, RegisteredTwiceAtOnceAreOne) {
  actors.store().hold();
  const Answer one = actors.submit(register_visit("an", "v1", "OP-1"));
  actors.store().wait_until_held();
  const Answer two = actors.submit(register_visit("an", "v2", "OP-1"));
  actors.store().release();
  EXPECT_EQ(one.recorded().record->sequence, two.recorded().record->sequence);
}

TEST_F(Visits, AreTheSameAfterARestart) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  Sequence first;
  {
    ActorsHarness before{{}, disk};
    before.enrol_all({employee("bo", 10000)});
    first = before.submit(register_visit("bo", "v1", "OP-1")).applied()->sequence;
  }
  ActorsHarness after{{}, disk};
  EXPECT_EQ(after.submit(register_visit("bo", "v1", "OP-1")).recorded().record->sequence, first);
  EXPECT_EQ(after.submit(register_visit("bo", "v2", "OP-1")).recorded().record->sequence, first);
}

TEST_F(Visits, AreKnownTo2602AndCannotBeUndone) {
  const Request request = register_visit("an", "v1", "OP-1");
  (void)actors.submit(request).applied();
  EXPECT_EQ(actors.submit(query(request)).as<MessageFound>().state, MessageState::kApplied);
  EXPECT_EQ(actors.submit(undo(request, "u1")).refused(), Reason::kNoSettlement);
}

}  // namespace
}  // namespace gongji::actors::test
