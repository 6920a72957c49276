// Counts the open connections of all servers that share it: bounds them, and tells when the last
// one has gone. Any thread.
#pragma once

#include <cassert>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace gongji::gateway {

class SessionGate {
 public:
  explicit SessionGate(std::size_t sessions_max) : sessions_max_(sessions_max) {}
  ~SessionGate() { assert(sessions_ == 0); }
  SessionGate(const SessionGate&) = delete;
  SessionGate& operator=(const SessionGate&) = delete;

  // False: full, or closed. True: leave() exactly once.
  [[nodiscard]] bool try_enter() {
    const std::lock_guard lock(mutex_);
    if (closed_ || sessions_ >= sessions_max_) return false;
    ++sessions_;
    return true;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    --sessions_;
    if (sessions_ == 0) empty_.notify_all();
  }

  void close() {  // nobody enters any more
    const std::lock_guard lock(mutex_);
    closed_ = true;
    if (sessions_ == 0) empty_.notify_all();
  }
  // True when closed and everybody has left within that time.
  [[nodiscard]] bool wait_drained(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    return empty_.wait_for(lock, timeout, [this] { return closed_ && sessions_ == 0; });
  }
  [[nodiscard]] std::size_t sessions() const {
    const std::lock_guard lock(mutex_);
    return sessions_;
  }

 private:
  const std::size_t sessions_max_;
  mutable std::mutex mutex_;
  std::condition_variable empty_;
  std::size_t sessions_ = 0;
  bool closed_ = false;
};

}  // namespace gongji::gateway
