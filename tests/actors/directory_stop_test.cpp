// Stopping with requests in every state: nothing hangs, every ticket is answered exactly once, what
// is answered as applied is on the disk.
#include <gtest/gtest.h>

#include <thread>

#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

// One of each: decided, parked behind a claim, looking into the store, searched for, moving,
// postponed behind a move.
std::vector<Answer> one_of_each(ActorsHarness& actors) {
  std::vector<Answer> answers;
  for (const Request& request :
       {settle("an", 10, "m1"), settle("an", 10, "m1"), undo(settle("an", 10, "m1"), "u1"),
        cancel("an", Sequence{1}, "c1"), settle("an", 10, "m2"), settle("nobody", 10, "m3"),
        form("bo", {"cy"}, "f1"), form("dee", {"cy"}, "f2"), settle("cy", 10, "m4"), person("an"),
        query(settle("an", 10, "m1")), enrol(employee("new", 100)), settle("new", 10, "m5")})
    answers.push_back(actors.submit(request));
  return answers;
}

void enrol_four(ActorsHarness& actors) {
  actors.enrol_all(
      {employee("an", 1000), employee("bo", 1000), employee("cy", 1000), employee("dee", 1000)});
}

void expect_each_answered_once(const std::vector<Answer>& answers) {
  for (std::size_t i = 0; i < answers.size(); ++i)
    EXPECT_EQ(answers[i].times(), 1u) << "request " << i;
}

TEST(DirectoryStop, AnswersEverythingWhileTheDiskIsSlow) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  std::vector<Answer> answers;
  {
    ActorsHarness actors{{}, disk};
    enrol_four(actors);
    actors.store().hold();
    answers = one_of_each(actors);
    actors.store().wait_until_held();
    actors.directory().stop();  // returns although no append does
    EXPECT_FALSE(answers[0].arrived());
    actors.stop();
    (void)answers[0].applied();
  }
  expect_each_answered_once(answers);
  ActorsHarness actors{{}, disk};
  EXPECT_TRUE(actors.recover());
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

TEST(DirectoryStop, AtAnyMoment) {
  for (int round = 0; round < 50; ++round) {
    const Disk disk = std::make_shared<stores::MemoryDisk>();
    std::vector<Answer> answers;
    {
      ActorsHarness actors{{}, disk};
      enrol_four(actors);
      answers = one_of_each(actors);
      std::this_thread::sleep_for(std::chrono::microseconds{round * 20});
    }
    expect_each_answered_once(answers);
    ActorsHarness actors{{}, disk};
    EXPECT_TRUE(actors.recover());
    EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
    for (const char* id : {"an", "bo", "cy", "dee"}) EXPECT_GE(actors.carryover(id), 980);
  }
}

TEST(DirectoryStop, TwiceIsOnce) {
  ActorsHarness actors;
  enrol_four(actors);
  actors.stop();
  actors.stop();
  EXPECT_EQ(actors.submit(settle("an", 10, "m1")).refused(), Reason::kBusy);
}

TEST(DirectoryStop, IdleHouseholdsLeaveASnapshot) {
  std::uint64_t snapshots = 0;
  for (int round = 0; round < 50 && snapshots < 4; ++round) {
    ActorsHarness actors;
    enrol_four(actors);
    std::this_thread::sleep_for(std::chrono::milliseconds{round});  // until all of them are idle
    actors.stop();
    snapshots = actors.store().snapshots();
  }
  EXPECT_EQ(snapshots, 4u);
}

// Messages in the journal's queue may outlive the directory: what they hold must outlive it too.
TEST(DirectoryStop, TheDirectoryMayGoBeforeTheJournal) {
  SwitchStore store{std::make_shared<stores::MemoryDisk>()};
  GateWatch gate{store};
  config::PolicyHolder policies{shipped_policy()};
  NoMetrics metrics;
  std::vector<Answer> answers(20);
  JournalWriter journal{store, store, metrics, [](const std::string&) {}};
  const HouseholdTools tools{journal, policies, metrics, {}, {}};
  SystemConfig config{tools.options};
  caf::actor_system system{config};
  system.await_actors_before_shutdown(false);
  journal.start();
  {
    Directory directory{system, store, store, tools};
    store.hold();
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const std::string id = "p" + std::to_string(i / 2);  // every second one waits for a claim
      directory.submit(enrol(employee(id, 100)), ticket_of(answers[i], &gate));
    }
    store.wait_until_held();
  }
  store.release();
  journal.stop();
  expect_each_answered_once(answers);
  EXPECT_EQ(gate.broken(), 0u);
}

}  // namespace
}  // namespace gongji::actors::test
