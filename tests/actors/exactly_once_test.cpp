// Key 1 (institution, infno, msgid): one message is decided once, however often, from however many
// threads and across restarts it is sent.
#include <gtest/gtest.h>

#include <thread>

#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

TEST(ExactlyOnce, ARepeatedMessageGetsTheFirstRecord) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  const RecordPtr first = actors.submit(settle("an", 3000, "m1")).applied();
  const Recorded again = actors.submit(settle("an", 3000, "m1")).recorded();
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(*again.record, *first);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST(ExactlyOnce, ARefusalIsRememberedAsWell) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  const Recorded first = actors.submit(settle("an", -1, "m1")).recorded();
  ASSERT_NE(first.record->refusal(), nullptr);
  const Recorded again = actors.submit(settle("an", -1, "m1")).recorded();
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(*again.record, *first.record);
}

TEST(ExactlyOnce, ASecondOneWaitsWhileTheFirstIsInFlight) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  actors.store().hold();
  const Answer first = actors.submit(settle("an", 3000, "m1"));
  actors.store().wait_until_held();
  const Answer second = actors.submit(settle("an", 3000, "m1"));
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  EXPECT_FALSE(second.arrived());
  actors.store().release();
  EXPECT_EQ(*second.recorded().record, *first.applied());
  EXPECT_TRUE(second.recorded().replayed);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST(ExactlyOnce, AnotherInputUnderTheSameKeyIsTold) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  const RecordPtr first = actors.submit(settle("an", 3000, "m1")).applied();
  EXPECT_EQ(*actors.submit(settle("an", 4000, "m1")).as<KeyReused>().first, *first);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST(ExactlyOnce, AnotherInputWhileTheFirstIsInFlight) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000), employee("bo", 10000)});
  actors.store().hold();
  const Answer first = actors.submit(settle("an", 3000, "m1"));
  actors.store().wait_until_held();
  const Answer other = actors.submit(settle("bo", 3000, "m1"));  // names another household
  actors.store().release();
  EXPECT_EQ(*other.as<KeyReused>().first, *first.applied());
  EXPECT_EQ(actors.carryover("bo"), 10000);
}

TEST(ExactlyOnce, SixtyFourThreadsSendTheSameMessage) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  const std::size_t before = actors.records();
  std::vector<Answer> answers(64);
  std::vector<std::thread> threads;
  for (Answer& answer : answers)
    threads.emplace_back([&] { answer = actors.submit(settle("an", 3000, "m1")); });
  for (std::thread& thread : threads) thread.join();
  unsigned decided = 0;
  for (const Answer& answer : answers) {
    EXPECT_EQ(answer.applied()->sequence, answers.front().applied()->sequence);
    decided += answer.recorded().replayed ? 0 : 1;
    EXPECT_EQ(answer.times(), 1u);
  }
  EXPECT_EQ(decided, 1u);
  EXPECT_EQ(actors.records(), before + 1);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST(ExactlyOnce, ARestartForgetsNothing) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  RecordPtr first;
  {
    ActorsHarness actors{{}, disk};
    actors.enrol_all({employee("an", 10000)});
    first = actors.submit(settle("an", 3000, "m1")).applied();
  }
  ActorsHarness actors{{}, disk};
  const Recorded again = actors.submit(settle("an", 3000, "m1")).recorded();
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(*again.record, *first);
  EXPECT_EQ(actors.carryover("an"), 7000);
}

TEST(ExactlyOnce, WhatWasNotDecidedIsNotRemembered) {
  ActorsHarness actors;
  EXPECT_EQ(actors.submit(settle("an", 3000, "m1")).refused(), Reason::kNoPerson);
  actors.directory().refuse_new_work(true);
  EXPECT_EQ(actors.submit(enrol(employee("an", 10000))).refused(), Reason::kBusy);
  actors.directory().refuse_new_work(false);
  EXPECT_EQ(actors.records(), 0u);
  actors.enrol_all({employee("an", 10000)});
  EXPECT_FALSE(actors.submit(settle("an", 3000, "m1")).recorded().replayed);
}

TEST(ExactlyOnce, AFullDiskStopsRecordsAndNotAnswers) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  const RecordPtr first = actors.submit(settle("an", 3000, "m1")).applied();
  actors.directory().refuse_new_work(true);
  EXPECT_EQ(actors.submit(settle("an", 3000, "m2")).refused(), Reason::kBusy);
  EXPECT_EQ(actors.carryover("an"), 7000);
  const Recorded again = actors.submit(settle("an", 3000, "m1")).recorded();
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(*again.record, *first);
  actors.directory().refuse_new_work(false);
  (void)actors.submit(settle("an", 3000, "m2")).applied();
  EXPECT_EQ(actors.carryover("an"), 4000);
}

TEST(ExactlyOnce, ANewPersonIsFoundByHisCardAtOnce) {
  ActorsHarness actors;
  Request by_card = person("");
  std::get<PersonQuery>(by_card.ask).alias = key_hash("certno|ID-an");
  EXPECT_EQ(actors.submit(by_card).refused(), Reason::kNoPerson);
  for (int i = 0; i < 50; ++i) {  // the answer leaves before the index knows
    const std::string id = "p" + std::to_string(i);
    actors.enrol_all({employee(id, 100 + i)});
    std::get<PersonQuery>(by_card.ask).alias = key_hash("certno|ID-" + id);
    EXPECT_EQ(actors.submit(by_card).as<PersonFound>().person.id, PersonId{id});
  }
}

TEST(ExactlyOnce, AnEnrolmentRepeatedWithOtherDetailsKeepsTheMoney) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  (void)actors.submit(settle("an", 3000, "m1")).applied();
  Request again = enrol(employee("an", 99999));
  again.origin.key.msgid = "second import";
  again.key_hash = message_hash(again.origin.key);
  (void)actors.submit(again).applied();
  EXPECT_EQ(actors.carryover("an"), 7000);
}

}  // namespace
}  // namespace gongji::actors::test
