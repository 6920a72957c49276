// A thread beside the loops for work that takes tens of milliseconds of processor time: drawing
// certificates. One at a time, a short queue, and whoever finds it full comes back later.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace gongji::gateway::rest {

class DrawingThread {
 public:
  using Job = std::function<void()>;

  DrawingThread() = default;
  DrawingThread(const DrawingThread&) = delete;
  DrawingThread& operator=(const DrawingThread&) = delete;
  ~DrawingThread();  // ends after the job that runs; what waits is destroyed undone

  // Any thread; the first call starts the thread. False when the queue is full.
  [[nodiscard]] bool post(Job job);

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gongji::gateway::rest
