// No answer before the append that covers it returned: replies of commands and of every read that
// saw their effect.
#include <gtest/gtest.h>

#include <thread>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

// Long enough for an answer that is going to come too early to come.
void let_it_work() { std::this_thread::sleep_for(std::chrono::milliseconds{30}); }

TEST(Gate, ASettlementIsAnsweredOnlyWhenItsRecordIsOnTheDisk) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000)});
  actors.store().hold();
  const Answer settled = actors.submit(settle("an", 3000, "m1"));
  actors.store().wait_until_held();
  let_it_work();
  EXPECT_FALSE(settled.arrived());
  actors.store().release();
  EXPECT_EQ(settled.applied()->balances.front().carryover, Fen{7000});
}

TEST(Gate, ReadsThatSawItWaitForItAsWell) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000), employee("bo", 500)});
  actors.store().hold();
  const Answer settled = actors.submit(settle("an", 3000, "m1"));
  const Answer quoted = actors.submit(quote("an", 9000));
  const Answer found = actors.submit(person("an"));
  const Answer refused = actors.submit(settle("an", -1, "m2"));  // decided after it
  actors.store().wait_until_held();
  let_it_work();
  EXPECT_FALSE(quoted.arrived());
  EXPECT_FALSE(found.arrived());
  EXPECT_FALSE(refused.arrived());
  EXPECT_EQ(actors.carryover("bo"), 500) << "another household's reads need not wait";
  actors.store().release();
  EXPECT_EQ(quoted.as<Quoted>().would_settle.split(), (Split{Fen{7000}, Fen{0}, Fen{2000}}));
  EXPECT_EQ(found.as<PersonFound>().person.carryover, Fen{7000});
  EXPECT_EQ(refused.refused(), Reason::kIdentity);
  (void)settled.applied();
}

TEST(Gate, NobodyLearnsOfWhatIsLost) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  {
    ActorsHarness actors{{}, disk};
    actors.enrol_all({employee("an", 10000)});
    actors.store().hold();
    const Answer settled = actors.submit(settle("an", 3000, "m1"));
    actors.store().wait_until_held();
    const Answer found = actors.submit(person("an"));
    actors.store().cut_power_after(0);
    actors.store().release();
    EXPECT_TRUE(settled.unknown());
    EXPECT_TRUE(found.unknown());
  }
  ActorsHarness actors{{}, disk};
  EXPECT_EQ(actors.carryover("an"), 10000);
  EXPECT_FALSE(actors.submit(settle("an", 3000, "m1")).recorded().replayed);
}

// Negative control: a writer that answers first and appends after is what the watch must see.
TEST(Gate, TheWatchSeesAnAnswerThatLeavesTooEarly) {
  SwitchStore store{std::make_shared<stores::MemoryDisk>()};
  GateWatch gate{store};
  const Answer answer;
  auto record = std::make_shared<JournalRecord>();
  record->sequence = Sequence{1};
  record->epoch = store.head().epoch;
  record->outcome = Events{};
  record->command = TombstoneCommand{};
  const RecordPtr written = record;
  ticket_of(answer, &gate)->complete(Recorded{written, false, nullptr});
  ASSERT_TRUE(store.append(record->epoch, {&written, 1}));
  EXPECT_EQ(gate.broken(), 1u);
  ticket_of(Answer{}, &gate)->complete(Recorded{written, false, nullptr});
  EXPECT_EQ(gate.broken(), 1u) << "an answer after the append is in order";
}

}  // namespace
}  // namespace gongji::actors::test
