// Households that come to share a network are brought together while their members go on paying.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>

#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

void expect_sound(ActorsHarness& actors) {
  EXPECT_EQ(text_of(audit(actors.store()).complaints), "");
}

TEST(Moves, ANetworkOfTwoHouseholdsBecomesOne) {
  ActorsHarness actors;
  actors.enrol_all({employee("father", 10000), resident("kid")});
  EXPECT_NE(actors.look_up("father").household, actors.look_up("kid").household);
  (void)actors.submit(form("father", {"kid"}, "f1")).applied();
  EXPECT_EQ(actors.look_up("father").household, actors.look_up("kid").household);
  const RecordPtr settled = actors.submit(settle("kid", 4000, "m1")).applied();
  EXPECT_EQ(settled->event<Settled>()->split().family, Fen{4000});
  EXPECT_EQ(actors.carryover("father"), 6000);
  EXPECT_EQ(actors.directory().active_households(), 1u);
  expect_sound(actors);
}

TEST(Moves, ThreeHouseholdsBecomeOne) {
  ActorsHarness actors;
  actors.enrol_all({employee("father", 10000), resident("kid"), employee("mother", 5000)});
  (void)actors.submit(form("father", {"kid", "mother"}, "f1")).applied();
  EXPECT_EQ(actors.look_up("father").household, actors.look_up("kid").household);
  EXPECT_EQ(actors.look_up("father").household, actors.look_up("mother").household);
  EXPECT_EQ(actors.look_up("father").networks.front().links.size(), 2u);
  EXPECT_EQ(actors.carryover("mother"), 5000);
  expect_sound(actors);
}

TEST(Moves, ARefusedBindingMergesNobody) {
  ActorsHarness actors;
  actors.enrol_all({employee("father", 10000), resident("kid"), resident("poor")});
  const std::size_t before = actors.records();
  const Answer refused = actors.submit(form("poor", {"kid"}, "f1"));
  EXPECT_EQ(refused.refused(), Reason::kNotEmployee);
  EXPECT_EQ(actors.records(), before + 1) << "the refusal, and no move";
  EXPECT_NE(actors.look_up("poor").household, actors.look_up("kid").household);
  EXPECT_TRUE(actors.submit(form("poor", {"kid"}, "f1")).recorded().replayed);
  EXPECT_EQ(actors.submit(form("nobody", {"kid"}, "f2")).refused(), Reason::kNoPerson);
  EXPECT_EQ(actors.submit(form("father", {"nobody"}, "f3")).refused(), Reason::kNoPerson);
  EXPECT_EQ(actors.submit(form("father", {"kid", "nobody"}, "f4")).refused(), Reason::kNoPerson);
  EXPECT_NE(actors.look_up("father").household, actors.look_up("kid").household);
  expect_sound(actors);
}

TEST(Moves, MailOfTheMovedIsDecidedInItsNewHousehold) {
  ActorsHarness actors;
  actors.enrol_all({employee("father", 10000), employee("son", 10000)});
  std::vector<Answer> answers;
  for (int i = 0; i < 20; ++i) {
    answers.push_back(actors.submit(settle("son", 10, "a" + std::to_string(i))));
    if (i == 10) answers.push_back(actors.submit(form("father", {"son"}, "f1")));
  }
  for (const Answer& answer : answers) (void)answer.applied();
  EXPECT_EQ(actors.carryover("son"), 9800);
  expect_sound(actors);
}

TEST(Moves, SettlementsOfBothSidesGoOnFromSeveralThreads) {
  for (int round = 0; round < 10; ++round) {
    ActorsHarness actors;
    actors.enrol_all({employee("father", 1000000), employee("son", 1000000)});
    std::vector<std::thread> threads;
    for (const char* id : {"father", "son", "father", "son"})
      threads.emplace_back([&, id, thread = threads.size()] {
        std::vector<Answer> answers;
        for (int i = 0; i < 50; ++i)
          answers.push_back(
              actors.submit(settle(id, 10, std::to_string(thread) + "-" + std::to_string(i))));
        for (const Answer& answer : answers) (void)answer.applied();
      });
    (void)actors.submit(form("father", {"son"}, "f1")).applied();
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(actors.carryover("father"), 1000000 - 1000);
    EXPECT_EQ(actors.carryover("son"), 1000000 - 1000);
    expect_sound(actors);
  }
}

TEST(Moves, OfTwoBindingsOfOnePersonExactlyOneWins) {
  for (int round = 0; round < 10; ++round) {
    ActorsHarness actors;
    actors.enrol_all({employee("father", 10000), employee("mother", 10000), resident("kid")});
    Answer by_mother;
    std::thread other{[&] { by_mother = actors.submit(form("mother", {"kid"}, "f2")); }};
    const Answer by_father = actors.submit(form("father", {"kid"}, "f1"));
    other.join();
    const Reason first = by_father.refused();
    const Reason second = by_mother.refused();
    EXPECT_EQ(std::min(first, second), Reason::kNone);
    EXPECT_EQ(std::max(first, second), Reason::kAlreadyInNetwork);
    const std::string winner = first == Reason::kNone ? "father" : "mother";
    const std::string loser = first == Reason::kNone ? "mother" : "father";
    EXPECT_EQ(actors.look_up("kid").household, actors.look_up(winner).household);
    EXPECT_NE(actors.look_up("kid").household, actors.look_up(loser).household);
    expect_sound(actors);
  }
}

TEST(Moves, ManyAtOnceOverTheSameFewHouseholds) {
  for (int round = 0; round < 5; ++round) {
    HarnessSetup setup;
    setup.actors.active_max = 2;  // less room than a move needs
    ActorsHarness actors{setup};
    std::vector<Person> persons;
    for (int i = 0; i < 12; ++i) persons.push_back(employee("p" + std::to_string(i), 10000));
    actors.enrol_all(persons);
    std::vector<Answer> answers;
    for (int i = 0; i < 12; ++i)
      answers.push_back(actors.submit(
          form("p" + std::to_string(i),
               {"p" + std::to_string((i + 1) % 12), "p" + std::to_string((i + 5) % 12)},
               "f" + std::to_string(i))));
    int formed = 0;
    for (const Answer& answer : answers) formed += answer.refused() == Reason::kNone ? 1 : 0;
    EXPECT_GE(formed, 1);
    for (int i = 0; i < 12; ++i) EXPECT_EQ(actors.carryover("p" + std::to_string(i)), 10000);
    expect_sound(actors);
  }
}

TEST(Moves, EnrolThenBindWithoutWaiting) {
  ActorsHarness actors;
  std::vector<Answer> answers;
  for (int i = 0; i < 50; ++i) {
    const std::string n = std::to_string(i);
    answers.push_back(actors.submit(enrol(employee("father" + n, 100))));
    answers.push_back(actors.submit(enrol(resident("kid" + n))));
    answers.push_back(actors.submit(bind_member("father" + n, "kid" + n, "b" + n)));
  }
  for (const Answer& answer : answers) (void)answer.applied();
  expect_sound(actors);
}

// A step whose household fails is repeated; the money is in one place throughout.
TEST(Moves, AFailingHouseholdDoesNotBreakTheMove) {
  for (const int failing : {1, 2, 3}) {
    std::atomic<int> moves{0};
    HarnessSetup setup;
    setup.before_decide = [&](const Envelope& mail) {
      if (mail.request.origin.key.infno == "move" && ++moves == failing)
        throw std::runtime_error{"planted"};
    };
    ActorsHarness actors{setup};
    actors.enrol_all({employee("father", 10000), employee("son", 5000), resident("kid")});
    const Answer formed = actors.submit(form("father", {"son", "kid"}, "f1"));
    const Answer meanwhile = actors.submit(settle("son", 10, "m1"));
    (void)formed.applied();
    (void)meanwhile.applied();
    EXPECT_EQ(actors.carryover("son"), 4990);
    EXPECT_EQ(actors.look_up("kid").household, actors.look_up("father").household);
    expect_sound(actors);
  }
}

TEST(Moves, ACommandThatFailsAfterTheMoveHarmsItselfOnly) {
  HarnessSetup setup;
  setup.before_decide = [](const Envelope& mail) {
    if (mail.request.origin.key.msgid == "bad") throw std::runtime_error{"planted"};
  };
  ActorsHarness actors{setup};
  actors.enrol_all({employee("father", 10000), resident("kid")});
  EXPECT_TRUE(actors.submit(form("father", {"kid"}, "bad")).unknown());
  (void)actors.submit(form("father", {"kid"}, "f1")).applied();
  expect_sound(actors);
}

TEST(Moves, AHouseholdThatFailsAgainAndAgainStopsTheMoveNotTheOthers) {
  HarnessSetup setup;
  std::atomic<bool> faulty{true};
  setup.before_decide = [&](const Envelope& mail) {
    const bool arrival = mail.command && std::holds_alternative<ArriveCommand>(*mail.command);
    if (arrival && faulty) throw std::runtime_error{"planted"};
  };
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  {
    ActorsHarness actors{setup, disk};
    actors.enrol_all({employee("father", 10000), employee("son", 5000), employee("aunt", 70)});
    EXPECT_TRUE(actors.submit(form("father", {"son"}, "f1")).unknown());
    EXPECT_TRUE(actors.submit(settle("son", 10, "m1")).unknown()) << "he is between two households";
    EXPECT_EQ(actors.carryover("father"), 10000);
    faulty = false;
    (void)actors.submit(form("father", {"aunt"}, "f2")).applied();
    EXPECT_EQ(actors.carryover("aunt"), 70);
  }
  faulty = false;
  ActorsHarness actors{setup, disk};
  EXPECT_TRUE(actors.recover());
  EXPECT_FALSE(actors.submit(settle("son", 10, "m1")).recorded().replayed);
  EXPECT_EQ(actors.carryover("son"), 4990);
  expect_sound(actors);
}

TEST(Moves, AHouseholdThatCannotBeReadIsAnsweredUnknown) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  HouseholdId home;
  {
    ActorsHarness actors{{}, disk};
    actors.enrol_all({employee("father", 10000), resident("kid"), resident("niece")});
    home = actors.look_up("kid").household;
  }
  ActorsHarness actors{{}, disk};
  actors.store().refuse_to_load(home);
  EXPECT_TRUE(actors.submit(form("father", {"niece", "kid"}, "f1")).unknown());
  EXPECT_EQ(actors.carryover("father"), 10000);
  EXPECT_EQ(actors.carryover("niece"), 0);
  actors.store().refuse_to_load(home, false);
  (void)actors.submit(form("father", {"niece", "kid"}, "f1")).applied();
  expect_sound(actors);
}

}  // namespace
}  // namespace gongji::actors::test
