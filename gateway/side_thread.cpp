#include "gateway/side_thread.hpp"

#include "ports/background_thread.hpp"

namespace gongji::gateway {

void SideThread::stop() {
  std::deque<Job> undone;
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
    undone.swap(waiting_);
  }
  undone.clear();
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool SideThread::post(Job job) {
  const std::lock_guard lock{mutex_};
  if (ending_ || waiting_.size() >= waiting_max_) return false;
  waiting_.push_back(std::move(job));
  if (!thread_.joinable()) thread_ = std::thread{[this] { run(); }};
  changed_.notify_all();
  return true;
}

void SideThread::run() {
  name_thread("side");
  std::unique_lock lock{mutex_};
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    Job job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
  }
}

}  // namespace gongji::gateway
