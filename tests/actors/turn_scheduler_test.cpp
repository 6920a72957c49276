// Which thread a household decides on: the one whose turn brought the mail, else one of the pool.
#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <thread>

#include "ports/thread_turn.hpp"
#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

// Remembers who decided.
class Deciders {
 public:
  HarnessSetup setup() {
    HarnessSetup made;
    made.before_decide = [this](const Envelope& mail) {
      const std::lock_guard lock{mutex_};
      if (mail.request.origin.key.infno != kSettle) return;
      threads_.insert(std::this_thread::get_id());
      ++decided_;
    };
    return made;
  }
  std::set<std::thread::id> threads() {
    const std::lock_guard lock{mutex_};
    return threads_;
  }
  void forget() {
    const std::lock_guard lock{mutex_};
    threads_.clear();
  }
  unsigned decided() {
    const std::lock_guard lock{mutex_};
    return decided_;
  }

 private:
  inline static const std::string kSettle = settle("anna", 1, "m").origin.key.infno;
  std::mutex mutex_;
  std::set<std::thread::id> threads_;
  unsigned decided_ = 0;
};

const std::set<std::thread::id> kHere{std::this_thread::get_id()};

// Five settlements in one turn of this thread: how many were decided when it ended, all of them
// here?
unsigned decided_in_a_turn(ActorsHarness& actors, Deciders& deciders, int attempt) {
  const unsigned before = deciders.decided();
  std::vector<Answer> answers;
  {
    const ThreadTurn turn{ThreadTurn::Mail::kWorkedOnHere};
    for (int i = 0; i < 5; ++i)
      answers.push_back(
          actors.submit(settle("anna", 10, std::to_string(attempt) + "-" + std::to_string(i))));
    if (deciders.decided() != before) return 0;  // by a thread that was still at it
  }
  const unsigned decided = deciders.decided() - before;
  for (const Answer& answer : answers) EXPECT_NE(answer.applied(), nullptr);
  return deciders.threads() == kHere ? decided : 0;
}

// A household that is still being worked on by a thread of the pool stays with that thread, so more
// than one attempt may be needed to find it asleep.
TEST(TurnScheduler, TheTurnThatBroughtTheMailDecidesWhenItEnds) {
  constexpr int kAttemptsMax = 1'000;
  Deciders deciders;
  ActorsHarness actors{deciders.setup()};
  (void)actors.submit(enrol(employee("anna", 1'000'000))).applied();
  unsigned decided = 0;
  int attempt = 0;
  for (; decided < 5 && attempt < kAttemptsMax; ++attempt) {
    deciders.forget();
    decided = decided_in_a_turn(actors, deciders, attempt);
  }
  EXPECT_EQ(decided, 5u);
  EXPECT_EQ(actors.carryover("anna"), 1'000'000 - attempt * 50);
}

TEST(TurnScheduler, ATurnThatLeavesMailToOthersAndNoTurnAtAllDecideNothingHere) {
  Deciders deciders;
  ActorsHarness actors{deciders.setup()};
  (void)actors.submit(enrol(employee("anna", 1000))).applied();
  (void)actors.submit(settle("anna", 10, "m1")).applied();
  std::optional<Answer> answer;
  {
    const ThreadTurn turn{ThreadTurn::Mail::kLeftToOthers};
    answer = actors.submit(settle("anna", 10, "m2"));
  }
  (void)answer->applied();
  EXPECT_EQ(deciders.decided(), 2u);
  EXPECT_FALSE(deciders.threads().contains(std::this_thread::get_id()));
}

TEST(TurnScheduler, ThreadsThatTakeTurnsOnOneHouseholdLoseNothing) {
  constexpr int kThreads = 4, kTurns = 50, kPerTurn = 8;
  ActorsHarness actors;
  (void)actors.submit(enrol(employee("anna", 1'000'000))).applied();
  std::vector<std::thread> threads;
  for (int number = 0; number < kThreads; ++number)
    threads.emplace_back([&actors, number] {
      for (int turns = 0; turns < kTurns; ++turns) {
        std::vector<Answer> answers;
        {
          const ThreadTurn turn{ThreadTurn::Mail::kWorkedOnHere};
          for (int i = 0; i < kPerTurn; ++i)
            answers.push_back(actors.submit(
                settle("anna", 1, "m" + std::to_string((number * kTurns + turns) * kPerTurn + i))));
        }
        for (const Answer& answer : answers) (void)answer.applied();
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(actors.carryover("anna"), 1'000'000 - kThreads * kTurns * kPerTurn);
}

}  // namespace
}  // namespace gongji::actors::test
