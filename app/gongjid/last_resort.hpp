// The limit of stopping: whatever hangs (a disk, a Redis, a bug), the process ends in time. Ending
// without cleaning up is safe at any moment: nothing is acknowledged before it is on the disk.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace gongji::app {

class LastResort {
 public:
  // `end` must not return; it is called on a thread of its own.
  explicit LastResort(std::function<void()> end) : end_(std::move(end)) {}
  ~LastResort();  // stopping went well: nothing happens any more
  LastResort(const LastResort&) = delete;
  LastResort& operator=(const LastResort&) = delete;

  void arm(std::chrono::milliseconds limit);  // once

 private:
  const std::function<void()> end_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace gongji::app
