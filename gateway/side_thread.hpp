// A thread beside the loops for work that waits for the disk or takes tens of milliseconds of
// processor time. One job at a time, a short queue, and whoever finds it full comes back later.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace gongji::gateway {

class SideThread {
 public:
  using Job = std::function<void()>;

  explicit SideThread(std::size_t waiting_max) : waiting_max_(waiting_max) {}
  SideThread(const SideThread&) = delete;
  SideThread& operator=(const SideThread&) = delete;
  ~SideThread() { stop(); }

  // Any thread; the first call starts the thread. False when the queue is full or stop() was
  // called.
  [[nodiscard]] bool post(Job job);
  // Ends after the job that runs; what waits is destroyed undone. Idempotent.
  void stop();

 private:
  void run();

  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gongji::gateway
