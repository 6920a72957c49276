#include "actors/worker_thread.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <vector>

namespace gongji::actors {
namespace {

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
