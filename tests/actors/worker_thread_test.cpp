#include "actors/worker_thread.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "ports/thread_turn.hpp"

namespace gongji::actors {
namespace {

// Writes what happens, and asks the turn it is in, if any, to tell its end.
struct Diary final : TurnEnd {
  std::string text;
  void turn_ended() noexcept override { text += '.'; }
  WorkerThread::Job job(char name, bool asks_for_the_end = false) {
    return [this, name, asks_for_the_end] {
      text += name;
      ThreadTurn* turn = ThreadTurn::current();
      if (turn == nullptr) text += '!';
      if (turn != nullptr && asks_for_the_end) turn->at_end({std::shared_ptr<void>{}, this});
    };
  }
};

TEST(WorkerThread, RunsJobsInOrderAndAllBeforeItStops) {
  std::vector<int> done;
  WorkerThread worker{"worker"};
  for (int i = 0; i < 1000; ++i) worker.post([&done, i] { done.push_back(i); });
  worker.stop();
  ASSERT_EQ(done.size(), 1000u);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)], i);
}

TEST(WorkerThread, AJobMayPostAnother) {
  std::atomic<int> done{0};
  {
    WorkerThread worker{"worker"};
    worker.post([&] { worker.post([&] { worker.post([&] { ++done; }), ++done; }), ++done; });
    while (done < 3) std::this_thread::yield();
  }
  EXPECT_EQ(done, 3);
}

TEST(WorkerThread, JobsOfATurnShareItAndNobodyOvertakes) {
  Diary diary;
  WorkerThread worker{"worker"};
  std::atomic<bool> all_posted{false};
  worker.post([&] {
    while (!all_posted) std::this_thread::yield();
  });
  worker.post_to_turn(diary.job('a', true));
  worker.post_to_turn(diary.job('b'));
  worker.post(diary.job('c'));
  worker.post_to_turn(diary.job('d', true));
  all_posted = true;
  worker.stop();
  EXPECT_EQ(diary.text, "ab.c!d.");
}

TEST(WorkerThread, ATurnEndsBeforeItsMailIsTooMuch) {
  constexpr int kMany = 100;
  int turns = 0;
  struct Count final : TurnEnd {
    int& turns;
    explicit Count(int& all) : turns(all) {}
    void turn_ended() noexcept override { ++turns; }
  } count{turns};
  WorkerThread worker{"worker"};
  for (int i = 0; i < kMany; ++i)
    worker.post_to_turn([&] {
      ThreadTurn* turn = ThreadTurn::current();
      if (turn->mail_count() == 0) turn->at_end({std::shared_ptr<void>{}, &count});
      turn->count_mail();
    });
  worker.stop();
  EXPECT_GE(turns, kMany / 32);
}

TEST(WorkerThread, AfterStoppingJobsAreDestroyedNotRun) {
  WorkerThread worker{"worker"};
  worker.stop();
  worker.stop();
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = held;
  worker.post([held = std::move(held)] { FAIL() << "ran after the end"; });
  EXPECT_TRUE(watch.expired());
}

TEST(WorkerThread, DestroysWhatAJobHeldOutsideItsLock) {
  struct PostsWhenItGoes {
    WorkerThread& worker;
    std::atomic<int>& done;
    ~PostsWhenItGoes() {
      worker.post([&d = done] { ++d; });
    }
  };
  std::atomic<int> done{0};
  WorkerThread worker{"worker"};
  worker.post([held = std::make_shared<PostsWhenItGoes>(worker, done)] {});
  while (done < 1) std::this_thread::yield();
  worker.stop();
  EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace gongji::actors
