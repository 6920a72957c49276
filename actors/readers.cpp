#include "actors/readers.hpp"

#include <utility>

namespace gongji::actors {

void Readers::post(WorkerThread::Job job) {
  threads_[next_.fetch_add(1, std::memory_order_relaxed) % kThreads].post(std::move(job));
}

void Readers::stop() {
  for (WorkerThread& thread : threads_) thread.stop();
}

}  // namespace gongji::actors
