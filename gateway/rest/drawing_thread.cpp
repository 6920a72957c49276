#include "gateway/rest/drawing_thread.hpp"

namespace gongji::gateway::rest {

namespace {
constexpr std::size_t kJobsMax = 32;  // about a second of drawing
}  // namespace

DrawingThread::~DrawingThread() {
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool DrawingThread::post(Job job) {
  const std::lock_guard lock{mutex_};
  if (waiting_.size() >= kJobsMax) return false;
  waiting_.push_back(std::move(job));
  if (!thread_.joinable()) thread_ = std::thread{[this] { run(); }};
  changed_.notify_all();
  return true;
}

void DrawingThread::run() {
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

}  // namespace gongji::gateway::rest
