// Households leave memory and come back, and what is refused before it is decided.
#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

TEST(Passivation, TwoHundredHouseholdsThroughRoomForTen) {
  HarnessSetup setup;
  setup.actors.active_max = 10;
  ActorsHarness actors{setup};
  std::vector<std::int64_t> balances(200, 100000);
  for (int i = 0; i < 200; ++i)
    (void)actors.submit(enrol(employee("p" + std::to_string(i), 100000))).applied();

  std::mt19937 random{42};
  for (int i = 0; i < 2000; ++i) {
    const std::size_t who = random() % 200;
    const std::int64_t fen = 1 + random() % 50;
    const RecordPtr record =
        actors.submit(settle("p" + std::to_string(who), fen, "m" + std::to_string(i))).applied();
    balances[who] -= fen;
    EXPECT_EQ(record->balances.front().carryover.count(), balances[who]);
    EXPECT_LE(actors.directory().active_households(), 11u);
  }
  for (std::size_t who = 0; who < 200; ++who)
    EXPECT_EQ(actors.carryover("p" + std::to_string(who)), balances[who]);
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
  EXPECT_GT(actors.store().snapshots(), 1000u);
}

TEST(Passivation, UnderConcurrentLoadTheNumberStaysBounded) {
  HarnessSetup setup;
  setup.actors.active_max = 10;
  ActorsHarness actors{setup};
  for (int i = 0; i < 200; ++i)
    (void)actors.submit(enrol(employee("p" + std::to_string(i), 100000))).applied();
  std::vector<std::thread> threads;
  for (unsigned thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      std::mt19937 random{thread};
      for (unsigned i = 0; i < 500; ++i) {
        const std::string who = "p" + std::to_string(random() % 200);
        const std::string msgid = std::to_string(thread) + "-" + std::to_string(i);
        (void)actors.submit(settle(who, 10, msgid)).applied();
        EXPECT_LE(actors.directory().active_households(), 30u);
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

TEST(Passivation, AHouseholdComesBackFromItsSnapshotNotFromAllItsRecords) {
  HarnessSetup setup;
  setup.actors.active_max = 1;
  ActorsHarness actors{setup};
  actors.enrol_all({employee("an", 100000)});
  for (int i = 0; i < 300; ++i)
    (void)actors.submit(settle("an", 10, "m" + std::to_string(i))).applied();
  actors.enrol_all({employee("bo", 100)});  // an leaves
  (void)actors.look_up("bo");
  const std::uint64_t before = actors.store().reads();
  EXPECT_EQ(actors.carryover("an"), 100000 - 3000);
  EXPECT_LE(actors.store().reads() - before, setup.actors.snapshot_every_records);
}

TEST(Passivation, ALongHistoryIsSnapshotWhileTheHouseholdStays) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  HarnessSetup setup;
  setup.actors.snapshot_every_records = 8;
  ActorsHarness actors{setup, disk};
  actors.enrol_all({employee("an", 100000)});
  for (int i = 0; i < 64; ++i)
    (void)actors.submit(settle("an", 10, "m" + std::to_string(i))).applied();
  EXPECT_EQ(actors.store().snapshots(), 65u / 8);
}

TEST(Admission, AHouseholdWithTooMuchInFlightIsBusy) {
  HarnessSetup setup;
  setup.actors.household_inflight_max = 4;
  ActorsHarness actors{setup};
  actors.enrol_all({employee("an", 10000), employee("bo", 10000)});
  actors.store().hold();
  std::vector<Answer> taken;
  for (int i = 0; taken.size() < 4 && i < 30000; ++i) {  // the enrolment may still count a while
    const Answer answer = actors.submit(settle("an", 10, "m" + std::to_string(i)));
    if (!answer.arrived()) taken.push_back(answer);
    if (answer.arrived()) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  ASSERT_EQ(taken.size(), 4u);
  actors.store().wait_until_held();
  EXPECT_EQ(actors.submit(settle("an", 10, "full")).refused(), Reason::kBusy);
  EXPECT_EQ(actors.submit(cancel("an", Sequence{1}, "c1")).refused(), Reason::kBusy);
  EXPECT_FALSE(actors.submit(settle("bo", 10, "other")).arrived());
  actors.store().release();
  for (const Answer& answer : taken) (void)answer.applied();
  Answer again = actors.submit(settle("an", 10, "full"));
  for (int i = 0; again.refused() == Reason::kBusy && i < 30000; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{1});  // the four may still count a while
    again = actors.submit(settle("an", 10, "full"));
  }
  EXPECT_FALSE(again.recorded().replayed) << "nothing was kept";
}

TEST(Admission, WhatIsLateIsRefusedBeforeItIsDecided) {
  ActorsHarness actors;
  actors.enrol_all({employee("an", 10000), resident("kid")});
  const std::size_t before = actors.records();
  Request late = settle("an", 10, "m1");
  late.deadline = std::chrono::steady_clock::now() - std::chrono::milliseconds{1};
  EXPECT_EQ(actors.submit(late).refused(), Reason::kDeadline);
  Request late_binding = form("an", {"kid"}, "f1");
  late_binding.deadline = late.deadline;
  EXPECT_EQ(actors.submit(late_binding).refused(), Reason::kDeadline);
  EXPECT_EQ(actors.records(), before);
  EXPECT_FALSE(actors.submit(settle("an", 10, "m1")).recorded().replayed);
}

TEST(Admission, AlsoWhatBecameLateInTheQueue) {
  HarnessSetup setup;
  std::atomic<bool> stuck{true};
  setup.before_decide = [&](const Envelope& mail) {
    while (mail.request.origin.key.msgid == "slow" && stuck) std::this_thread::yield();
  };
  ActorsHarness actors{setup};
  actors.enrol_all({employee("an", 10000)});
  const Answer slow = actors.submit(settle("an", 10, "slow"));
  Request late = settle("an", 10, "m1");
  late.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{5};
  const Answer waited = actors.submit(late);
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  stuck = false;
  (void)slow.applied();
  EXPECT_EQ(waited.refused(), Reason::kDeadline);
  EXPECT_EQ(actors.carryover("an"), 9990);
}

}  // namespace
}  // namespace gongji::actors::test
