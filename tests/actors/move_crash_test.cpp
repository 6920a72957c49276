// The power goes at every point of two moves: the money is in one household afterwards, and the
// total is what it was (architecture, decision 1).
#include <gtest/gtest.h>

#include <thread>

#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

const std::vector<std::string> kEverybody{"father", "mother", "son", "aunt", "niece"};

// Two moves, one of three households and one of two, with money moving meanwhile.
std::vector<Request> two_moves() {
  return {form("father", {"mother", "son"}, "f1"),
          settle("mother", 100, "m1"),
          settle("son", 200, "m2"),
          form("aunt", {"niece"}, "f2"),
          settle("niece", 300, "m3"),
          settle("father", 400, "m4")};
}

// What the caller was told to have happened must be there after the restart.
void run_until_dark(const Disk& disk, std::uint64_t records, std::vector<bool>& told) {
  ActorsHarness actors{{}, disk};
  actors.store().cut_power_after(records);
  for (const Request& request : two_moves()) told.push_back(!actors.submit(request).unknown());
}

Disk prepared() {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  ActorsHarness actors{{}, disk};
  for (const std::string& id : kEverybody)
    (void)actors.submit(enrol(employee(id, 10000))).applied();
  return disk;
}

// Returns how many transfers the crash had left open.
std::size_t check_after_restart(const Disk& disk, const std::vector<bool>& told) {
  ActorsHarness actors{{}, disk};
  const std::size_t open = actors.store().open_transfers().size();
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "") << "as the crash left it";
  EXPECT_TRUE(actors.recover());
  // Who was brought together for a network that never came is parted again, by moves of its own.
  for (int i = 0; !actors.store().open_transfers().empty() && i < 30000; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  EXPECT_TRUE(actors.store().open_transfers().empty());
  const std::vector<Request> requests = two_moves();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Recorded again = actors.submit(requests[i]).recorded();
    if (told[i]) {
      EXPECT_TRUE(again.replayed) << "message " << i << " was answered and is forgotten";
    }
  }
  const JournalAudit books = audit(actors.store());
  EXPECT_EQ(text_of(books.complaints), "");
  EXPECT_EQ(books.expected.count(), 50000 - 1000) << "every message counts once";
  for (const std::string& id : kEverybody)
    EXPECT_EQ(actors.look_up(id).person, books.persons.at(PersonId{id}));
  EXPECT_EQ(actors.look_up("father").household, actors.look_up("son").household);
  EXPECT_EQ(actors.look_up("aunt").household, actors.look_up("niece").household);
  return open;
}

TEST(MoveCrash, AtEveryRecordOfTwoMoves) {
  std::size_t caught_open = 0;
  std::uint64_t records = 0;
  for (bool finished = false; !finished; ++records) {
    SCOPED_TRACE("power for " + std::to_string(records) + " records");
    const Disk disk = prepared();
    std::vector<bool> told;
    run_until_dark(disk, records, told);
    caught_open += check_after_restart(disk, told);
    finished = std::all_of(told.begin(), told.end(), [](bool each) { return each; });
    ASSERT_LT(records, 100u);
  }
  EXPECT_GE(records, 12u);  // six messages, three departures, three arrivals
  EXPECT_GE(caught_open, 3u) << "no crash fell between a departure and its arrival";
}

TEST(MoveCrash, BetweenDepartureAndArrivalThenAgainDuringRecovery) {
  const Disk disk = prepared();
  {
    ActorsHarness actors{{}, disk};
    actors.store().cut_power_after(1);
    EXPECT_TRUE(actors.submit(form("father", {"mother"}, "f1")).unknown());
    EXPECT_TRUE(actors.submit(settle("mother", 1, "m1")).unknown());
  }
  {
    ActorsHarness actors{{}, disk};
    ASSERT_EQ(actors.store().open_transfers().size(), 1u);
    actors.store().cut_power_after(0);
    EXPECT_FALSE(actors.recover()) << "and does not wait for ever";
  }
  ActorsHarness actors{{}, disk};
  EXPECT_TRUE(actors.recover());
  EXPECT_EQ(actors.carryover("mother"), 10000);
  EXPECT_TRUE(actors.recover()) << "nothing left to do";
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

TEST(MoveCrash, RecoveryOfAnUnreadableHouseholdSaysSo) {
  const Disk disk = prepared();
  HouseholdId home;
  {
    ActorsHarness actors{{}, disk};
    home = actors.look_up("father").household;
    actors.store().cut_power_after(1);
    EXPECT_TRUE(actors.submit(form("father", {"mother"}, "f1")).unknown());
  }
  ActorsHarness actors{{}, disk};
  actors.store().refuse_to_load(home);
  EXPECT_FALSE(actors.recover());
  EXPECT_TRUE(actors.submit(person("mother")).unknown()) << "never settled on half a move";
}

// An orderly stop between the two steps is a crash as well.
TEST(MoveCrash, StoppedBetweenTheSteps) {
  const Disk disk = prepared();
  {
    ActorsHarness actors{{}, disk};
    (void)actors.look_up("father");  // asleep, both steps would stand in the journal at once
    actors.store().hold();
    const Answer formed = actors.submit(form("father", {"mother"}, "f1"));
    actors.store().wait_until_held();
    std::thread stopping{[&] { actors.directory().stop(); }};
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
    actors.store().release();
    stopping.join();
    actors.stop();
    EXPECT_TRUE(formed.unknown());
  }
  ActorsHarness actors{{}, disk};
  EXPECT_TRUE(actors.recover());
  EXPECT_EQ(actors.carryover("mother"), 10000);
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

}  // namespace
}  // namespace gongji::actors::test
