// What a thread hands over gathers until its turn ends.
#include "ports/thread_turn.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace gongji {
namespace {

struct Counting : TurnEnd {
  void turn_ended() noexcept override { ++ended; }
  int ended = 0;
};

// Asks for another hand-over while its own is made, as an actor does that writes to the journal.
struct Asking : TurnEnd {
  explicit Asking(std::shared_ptr<Counting> next) : next_(std::move(next)) {}
  void turn_ended() noexcept override { ThreadTurn::current()->at_end(next_); }
  std::shared_ptr<Counting> next_;
};

TEST(ThreadTurn, HandsOverWhenItEndsAndNotBefore) {
  const auto end = std::make_shared<Counting>();
  {
    ThreadTurn turn{ThreadTurn::Mail::kLeftToOthers};
    turn.at_end(end);
    EXPECT_EQ(end->ended, 0);
  }
  EXPECT_EQ(end->ended, 1);
  EXPECT_EQ(ThreadTurn::current(), nullptr);
}

TEST(ThreadTurn, WhatIsAskedForAtTheEndStillBelongsToIt) {
  const auto last = std::make_shared<Counting>();
  {
    ThreadTurn turn{ThreadTurn::Mail::kWorkedOnHere};
    turn.at_end(std::make_shared<Asking>(last));
  }
  EXPECT_EQ(last->ended, 1);
}

TEST(ThreadTurn, OneInsideAnotherEndsWithIt) {
  const auto end = std::make_shared<Counting>();
  ThreadTurn outer{ThreadTurn::Mail::kWorkedOnHere};
  {
    const ThreadTurn inner{ThreadTurn::Mail::kLeftToOthers};
    ASSERT_EQ(ThreadTurn::current(), &outer);
    ThreadTurn::current()->at_end(end);
  }
  EXPECT_EQ(end->ended, 0);
}

TEST(ThreadTurn, OtherThreadsHaveNone) {
  const ThreadTurn turn{ThreadTurn::Mail::kWorkedOnHere};
  bool seen = true;
  std::thread{[&] { seen = ThreadTurn::current() != nullptr; }}.join();
  EXPECT_FALSE(seen);
}

}  // namespace
}  // namespace gongji
