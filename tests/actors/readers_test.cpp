// Who is on the disk keeps only himself waiting (actors/readers.hpp).
#include "actors/readers.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

// Three sleepers; "an" would have to be read from the disk.
struct OnTheDisk {
  OnTheDisk() {
    const std::vector<Answer> enrolled = actors.submit_all(
        {enrol(employee("an", 1000)), enrol(employee("bo", 1000)), enrol(employee("cai", 1000))});
    for (const Answer& answer : enrolled) (void)answer.applied();
    actors.catch_up();
    actors.store().put_on_disk(an());
  }
  HouseholdId an() { return actors.store().find_person(PersonId{"an"}).value().value(); }
  ActorsHarness actors;
};

TEST(Readers, WhoIsOnTheDiskKeepsNobodyWaiting) {
  OnTheDisk on_disk;
  const Answer sleeper = on_disk.actors.submit(settle("an", 10, "m1"));
  on_disk.actors.store().wait_until_read();
  for (const char* who : {"bo", "cai", "bo"})
    (void)on_disk.actors.submit(settle(who, 10, std::string{who} + "1")).wait();
  EXPECT_FALSE(sleeper.arrived());
  on_disk.actors.store().take_from_disk();
  EXPECT_EQ(sleeper.applied()->balances.front().carryover.count(), 990);
}

TEST(Readers, WhatComesForHimMeanwhileKeepsItsOrder) {
  OnTheDisk on_disk;
  const Answer first = on_disk.actors.submit(settle("an", 10, "m1"));
  on_disk.actors.store().wait_until_read();
  const Answer second = on_disk.actors.submit(settle("an", 20, "m2"));
  on_disk.actors.store().take_from_disk();
  EXPECT_EQ(first.applied()->balances.front().carryover.count(), 990);
  EXPECT_EQ(second.applied()->balances.front().carryover.count(), 970);
}

TEST(Readers, AHouseholdThatCannotBeReadIsUnknownAsEver) {
  OnTheDisk on_disk;
  on_disk.actors.store().refuse_to_load(on_disk.an());
  const Answer answer = on_disk.actors.submit(settle("an", 10, "m1"));
  on_disk.actors.store().take_from_disk();
  EXPECT_TRUE(answer.unknown());
}

TEST(Readers, WhatIsBeingReadAtTheEndIsAnsweredUnknown) {
  OnTheDisk on_disk;
  const Answer answer = on_disk.actors.submit(settle("an", 10, "m1"));
  on_disk.actors.store().wait_until_read();
  std::thread reader{[&] { on_disk.actors.store().take_from_disk(); }};
  on_disk.actors.stop();
  reader.join();
  (void)answer.wait();
  EXPECT_EQ(answer.times(), 1u);
}

TEST(Readers, RunWhatIsQueuedBeforeTheyStop) {
  std::atomic<int> ran{0};
  {
    Readers readers;
    for (int i = 0; i < 100; ++i) readers.post([&ran] { ++ran; });
    readers.stop();
    readers.post([&ran] { ++ran; });
    readers.stop();
  }
  EXPECT_EQ(ran, 100);
}

}  // namespace
}  // namespace gongji::actors::test
