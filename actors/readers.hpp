// Threads that wait for the disk so that the librarian need not. A disk answers many questions at a
// time, but only when it is asked many: one librarian who waits for each keeps everybody waiting.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>

#include "actors/worker_thread.hpp"

namespace gongji::actors {

// Any thread.
class Readers {
 public:
  // Jobs read, and hand what they found to the librarian; they touch nothing else. No order.
  void post(WorkerThread::Job job);
  void stop();  // runs what is queued, refuses more; idempotent

 private:
  // A thread that waits costs nothing but its stack.
  static constexpr std::size_t kThreads = 8;
  std::array<WorkerThread, kThreads> threads_{WorkerThread{"reader-0"}, WorkerThread{"reader-1"},
                                              WorkerThread{"reader-2"}, WorkerThread{"reader-3"},
                                              WorkerThread{"reader-4"}, WorkerThread{"reader-5"},
                                              WorkerThread{"reader-6"}, WorkerThread{"reader-7"}};
  std::atomic<std::size_t> next_{0};
};

}  // namespace gongji::actors
