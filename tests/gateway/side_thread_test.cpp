#include "gateway/side_thread.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <iterator>

namespace gongji::gateway {
namespace {

TEST(SideThread, RunsJobsInOrder) {
  std::promise<void> done;
  std::string order;
  SideThread thread{10};  // ends first: its jobs look at both
  EXPECT_TRUE(thread.post([&] { order += 'a'; }));
  EXPECT_TRUE(thread.post([&] { order += 'b'; }));
  EXPECT_TRUE(thread.post([&] { done.set_value(); }));
  done.get_future().wait();
  EXPECT_EQ(order, "ab");
}

TEST(SideThread, AFullQueueIsSaid) {
  std::promise<void> started;
  std::promise<void> go_on;
  SideThread thread{2};  // ends first: its job looks at both
  EXPECT_TRUE(thread.post([&] {
    started.set_value();
    go_on.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(thread.post([] {}));
  EXPECT_TRUE(thread.post([] {}));
  EXPECT_FALSE(thread.post([] {}));
  go_on.set_value();
}

TEST(SideThread, WhatWaitsAtTheEndIsDestroyedUndone) {
  const auto held = std::make_shared<int>(0);
  bool ran = false;
  {
    SideThread thread{5};
    std::promise<void> started;
    std::promise<void> go_on;
    EXPECT_TRUE(thread.post([&] {
      started.set_value();
      go_on.get_future().wait();
    }));
    started.get_future().wait();
    EXPECT_TRUE(thread.post([held, &ran] { ran = true; }));
    std::thread stopping{[&] { thread.stop(); }};
    while (held.use_count() != 1) std::this_thread::yield();
    go_on.set_value();
    stopping.join();
    EXPECT_FALSE(thread.post([] {}));
  }
  EXPECT_FALSE(ran);
}

std::ptrdiff_t threads_of_this_process() {
  return std::distance(std::filesystem::directory_iterator{"/proc/self/task"}, {});
}

TEST(SideThread, OneThatIsNeverUsedNeedsNoThread) {
  const std::ptrdiff_t before = threads_of_this_process();
  SideThread thread{1};
  EXPECT_LE(threads_of_this_process(), before);
}

}  // namespace
}  // namespace gongji::gateway
