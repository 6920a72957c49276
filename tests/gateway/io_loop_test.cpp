#include "gateway/io_loop.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/gateway/test_gateway.hpp"

namespace gongji::gateway {
namespace {

using testing::eventually;

class Call final : public LoopTask {
 public:
  Call(std::function<void()> body, std::shared_ptr<int> alive)
      : body_(std::move(body)), alive_(std::move(alive)) {}
  void run() override { body_(); }

 private:
  std::function<void()> body_;
  std::shared_ptr<int> alive_;
};

std::unique_ptr<LoopTask> call(std::function<void()> body, std::shared_ptr<int> alive = {}) {
  return std::make_unique<Call>(std::move(body), std::move(alive));
}

TEST(IoLoop, RunsTheTasksOfEachThreadInOrderOnItsOwnThread) {
  constexpr int kTasks = 2000;
  IoLoop loop("test");
  loop.start();
  std::vector<int> seen[2];  // loop thread only until `done`
  std::atomic<int> done{0};
  std::atomic<int> elsewhere{0};
  std::thread::id loop_thread;
  loop.deliver(call([&] { loop_thread = std::this_thread::get_id(); }));
  std::vector<std::thread> senders;
  for (int sender = 0; sender < 2; ++sender) {
    senders.emplace_back([&, sender] {
      for (int i = 0; i < kTasks; ++i) {
        loop.deliver(call([&, sender, i] {
          seen[sender].push_back(i);
          if (std::this_thread::get_id() != loop_thread) ++elsewhere;
          ++done;
        }));
      }
    });
  }
  for (std::thread& sender : senders) sender.join();
  ASSERT_TRUE(eventually([&] { return done == 2 * kTasks; }));
  loop.stop();
  EXPECT_EQ(elsewhere, 0);
  for (const std::vector<int>& order : seen) {
    for (int i = 0; i < kTasks; ++i) ASSERT_EQ(order[static_cast<std::size_t>(i)], i);
  }
}

TEST(IoLoop, ATaskThatThrowsIsReportedAndTheNextOnesRun) {
  std::atomic<int> faults{0};
  std::atomic<bool> ran{false};
  IoLoop loop("test", [&](std::string_view what) { faults += what == "boom" ? 1 : 100; });
  loop.start();
  loop.deliver(call([] { throw std::runtime_error("boom"); }));
  loop.deliver(call([&] { ran = true; }));
  EXPECT_TRUE(eventually([&] { return ran.load(); }));
  EXPECT_EQ(faults, 1);
}

TEST(IoLoop, DestroysUnrunWhatWaitsWhenItStopsAndWhatComesLater) {
  const auto alive = std::make_shared<int>(0);
  std::atomic<int> ran{0};
  IoLoop loop("test");  // never started: nothing can run
  loop.deliver(call([&] { ++ran; }, alive));
  EXPECT_EQ(alive.use_count(), 2);
  loop.stop();
  EXPECT_EQ(alive.use_count(), 1);
  loop.deliver(call([&] { ++ran; }, alive));
  EXPECT_EQ(alive.use_count(), 1);
  EXPECT_EQ(ran, 0);
}

TEST(IoLoop, ATaskMayDeliverAnother) {
  std::atomic<bool> ran{false};
  IoLoop loop("test");
  loop.start();
  loop.deliver(call([&] { loop.deliver(call([&] { ran = true; })); }));
  EXPECT_TRUE(eventually([&] { return ran.load(); }));
}

}  // namespace
}  // namespace gongji::gateway
