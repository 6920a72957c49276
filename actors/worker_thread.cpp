#include "actors/worker_thread.hpp"

#include <utility>

#include "ports/background_thread.hpp"

namespace gongji::actors {

WorkerThread::WorkerThread(std::string name) : name_(std::move(name)), thread_([this] { run(); }) {}

WorkerThread::~WorkerThread() { stop(); }

void WorkerThread::post(Job job) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) return;  // the message's ticket answers "unknown" as the job dies
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void WorkerThread::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void WorkerThread::run() {
  name_thread(name_.c_str());
  std::unique_lock lock{mutex_};
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    job = nullptr;  // what it held is released outside the lock
    lock.lock();
  }
}

}  // namespace gongji::actors
