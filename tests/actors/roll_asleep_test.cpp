// The year roll of accounts whose households sleep (actors/registrar.hpp): nobody is woken, and
// nobody can tell the difference.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

#include "actors/roll_run.hpp"
#include "stores/memory/memory_hot_balances.hpp"
#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

using namespace std::chrono_literals;

constexpr int kYear = 2026;
constexpr std::int64_t kCarryover = 1000;
constexpr std::int64_t kCurrentYear = 70;

std::string name(int i) { return "p" + std::to_string(i); }

void enrol_sleepers(ActorsHarness& actors, int count) {
  std::vector<Request> requests;
  for (int i = 0; i < count; ++i) {
    Person person = employee(name(i), kCarryover);
    person.current_year = Fen{kCurrentYear};
    requests.push_back(enrol(person));
  }
  for (const Answer& answer : actors.submit_all(std::move(requests))) (void)answer.applied();
  actors.catch_up();
}

// As RollRun asks, when the year is over.
Request roll(const std::string& id) {
  Request request = administer("", RollYearCommand{PersonId{id}, kYear, Fen{}});
  request.key_hash = {};
  request.origin.received_at = SystemClock{}.now();
  return request;
}

RollProgress roll_all(ActorsHarness& actors, RollOptions options = {}) {
  const SystemClock clock;
  RollRun rolls{actors.directory(), actors.store(), clock, options};
  EXPECT_TRUE(rolls.start(kYear, {}));
  while (rolls.progress()->running) std::this_thread::sleep_for(1ms);
  return *rolls.progress();
}

void expect_rolled(ActorsHarness& actors, int count) {
  for (int i = 0; i < count; ++i)
    EXPECT_EQ(actors.carryover(name(i)), kCarryover + kCurrentYear) << name(i);
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

TEST(RollAsleep, WakesNobody) {
  ActorsHarness actors;
  enrol_sleepers(actors, 300);
  const std::uint64_t appends = actors.store().appends();
  EXPECT_EQ(roll_all(actors).accounts_rolled, 300u);
  EXPECT_EQ(actors.directory().active_households(), 0u);
  EXPECT_LT(actors.store().appends() - appends, 60u) << "they share their syncs";
  EXPECT_EQ(roll_all(actors).accounts_rolled, 0u) << "each once";
  expect_rolled(actors, 300);
}

TEST(RollAsleep, AnySizeOfTheWindowRollsAll) {
  for (const unsigned window : {1u, 2u, 7u}) {
    ActorsHarness actors;
    enrol_sleepers(actors, 30);
    EXPECT_EQ(roll_all(actors, {.window = window}).accounts_rolled, 30u) << window;
  }
}

TEST(RollAsleep, WhoIsAwakeIsRolledByHisHousehold) {
  ActorsHarness actors;
  enrol_sleepers(actors, 3);
  (void)actors.submit(settle(name(1), 100, "m1")).applied();
  EXPECT_EQ(roll_all(actors).accounts_rolled, 3u);
  EXPECT_EQ(actors.directory().active_households(), 1u);
  EXPECT_EQ(actors.carryover(name(1)), kCarryover + kCurrentYear - 100);
}

// What a family's account pays after the roll is decided on what the roll left.
TEST(RollAsleep, WhoBuysMeanwhileSeesTheRollOnceItIsDurable) {
  ActorsHarness actors;
  enrol_sleepers(actors, 1);
  actors.store().hold();
  const Answer rolled = actors.submit_all({roll(name(0))}).front();
  actors.store().wait_until_held();
  const Answer bought = actors.submit(settle(name(0), kCarryover + 10, "m1"));
  EXPECT_FALSE(rolled.arrived());
  EXPECT_FALSE(bought.arrived());
  actors.store().release();
  EXPECT_LT(rolled.applied()->sequence, bought.applied()->sequence);
  EXPECT_EQ(bought.recorded().record->balances.front().carryover.count(), kCurrentYear - 10);
}

TEST(RollAsleep, BesidePurchasesEveryFenIsThere) {
  ActorsHarness actors;
  enrol_sleepers(actors, 200);
  std::thread buyer{[&] {
    for (int i = 0; i < 400; ++i)
      (void)actors.submit(settle(name(i % 200), 1, "m" + std::to_string(i))).applied();
  }};
  EXPECT_EQ(roll_all(actors).accounts_rolled, 200u);
  buyer.join();
  for (int i = 0; i < 200; ++i)
    EXPECT_EQ(actors.carryover(name(i)), kCarryover + kCurrentYear - 2) << name(i);
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

TEST(RollAsleep, WhoIsOnTheDiskIsRolledWhenHeIsRead) {
  ActorsHarness actors;
  enrol_sleepers(actors, 3);
  actors.store().put_on_disk(actors.store().find_person(PersonId{name(1)}).value().value());
  const std::vector<Answer> answers =
      actors.submit_all({roll(name(0)), roll(name(1)), roll(name(2))});
  (void)answers[0].applied();
  (void)answers[2].applied();
  EXPECT_FALSE(answers[1].arrived());
  actors.store().wait_until_read();
  actors.store().take_from_disk();
  (void)answers[1].applied();
  EXPECT_EQ(actors.directory().active_households(), 0u);
  expect_rolled(actors, 3);
}

TEST(RollAsleep, AStrangerIsRefused) {
  ActorsHarness actors;
  EXPECT_EQ(actors.submit_all({roll("nobody")}).front().refused(), Reason::kNoPerson);
}

TEST(RollAsleep, WhatThrowsBehindItsRecordIsRolledOnce) {
  HarnessSetup setup;
  setup.after_submit = [count = std::make_shared<std::atomic<int>>(-3)] {
    if (++*count == 1) throw std::runtime_error{"a bug"};  // three enrolments came first
  };
  ActorsHarness actors{setup};
  enrol_sleepers(actors, 3);
  (void)roll_all(actors);
  expect_rolled(actors, 3);
}

// Between the answer and the copy's hearing of it: what one is told, another was told before.
TEST(RollAsleep, TheCopyIsNotAskedBeforeItCanKnow) {
  stores::MemoryHotBalances copy;
  HarnessSetup setup;
  setup.copy = &copy;
  ActorsHarness actors{setup};
  enrol_sleepers(actors, 1);
  actors.catch_up_copy();
  EXPECT_EQ(actors.carryover(name(0)), kCarryover);
  ASSERT_EQ(actors.directory().active_households(), 0u) << "he was read from the copy";
  actors.store().hold_indexing(true);
  (void)actors.submit_all({roll(name(0))}).front().applied();
  EXPECT_EQ(actors.carryover(name(0)), kCarryover + kCurrentYear);
  actors.store().hold_indexing(false);
}

TEST(RollAsleep, APowerCutLosesWhatWasNotAnsweredOnly) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  {
    ActorsHarness actors{{}, disk};
    enrol_sleepers(actors, 20);
    actors.store().cut_power_after(7);
    std::vector<Request> rolls;
    for (int i = 0; i < 20; ++i) rolls.push_back(roll(name(i)));
    for (const Answer& answer : actors.submit_all(std::move(rolls))) (void)answer.wait();
  }
  ActorsHarness actors{{}, disk};
  ASSERT_TRUE(actors.recover());
  EXPECT_EQ(roll_all(actors).accounts_rolled, 13u);
  expect_rolled(actors, 20);
}

}  // namespace
}  // namespace gongji::actors::test
