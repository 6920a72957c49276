// Whether the program still works: a question goes to an actor, through the journal's queue and
// back, again and again. Each answer feeds the watchdog; when one stays out too long the program is
// not ready, and when it never comes the watchdog ends the process.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace gongji::app {

class Pulse {
 public:
  struct Ports {
    // Sends the question; `answered` is called once, on any thread, or never.
    std::function<void(std::function<void()> answered)> ask;
    std::function<void()> on_beat;               // an answer came; on the pulse's own thread
    std::function<void(bool stalled)> on_stall;  // when it changes; likewise
  };
  struct Options {
    std::chrono::milliseconds pause_ms{1'000};  // between two looks
    std::chrono::milliseconds stalled_after_ms{5'000};
  };

  Pulse(Ports ports, Options options);
  ~Pulse();
  Pulse(const Pulse&) = delete;
  Pulse& operator=(const Pulse&) = delete;

  // Waits for the first answer; false when it did not come in time.
  [[nodiscard]] bool wait_first(std::chrono::milliseconds limit) const;
  void stop();  // asks no more; idempotent

 private:
  struct Shared;  // an answer may come after this object has gone
  void run();
  void ask(std::unique_lock<std::mutex>& lock);
  void note(bool stalled);

  const Ports ports_;
  const Options options_;
  const std::shared_ptr<Shared> shared_;
  bool stalled_ = false;  // pulse thread only
  std::thread thread_;
};

}  // namespace gongji::app
