// Signals are taken by a thread of their own, one at a time, outside any handler; the main thread
// asks for them. What TERM and INT do depends on how far the program is.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

namespace gongji::app {

enum class Signal : std::uint8_t { kDrain, kReload };

class Signals {
 public:
  // Before any other thread starts: every thread inherits the mask. SIGPIPE is ignored. Until
  // started() TERM and INT end the process at once with code 0: nothing was answered yet, and what
  // an opening store wrote it writes again.
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // Before the first caller is let in: from now on TERM and INT (drain) wait for wait(), as HUP
  // (reload) always does.
  void started() { phase_ = Phase::kRunning; }
  [[nodiscard]] Signal wait();
  // From now on TERM or INT ends the process at once with code 1: what was acknowledged is on the
  // disk, what is in flight is unknown to its sender and found by the same message.
  void end_at_next() { phase_ = Phase::kDraining; }

 private:
  enum class Phase : std::uint8_t { kStarting, kRunning, kDraining };
  void watch();
  void take(Signal signal);

  std::atomic<Phase> phase_{Phase::kStarting};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<Signal> waiting_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace gongji::app
