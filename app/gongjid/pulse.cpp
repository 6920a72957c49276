#include "app/gongjid/pulse.hpp"

#include <utility>

namespace gongji::app {

using Time = std::chrono::steady_clock::time_point;

struct Pulse::Shared {
  std::mutex mutex;
  std::condition_variable changed;
  bool asked = false;  // a question is out
  Time asked_at;
  std::uint64_t answers = 0;
  bool stopping = false;
};

Pulse::Pulse(Ports ports, Options options)
    : ports_(std::move(ports)),
      options_(options),
      shared_(std::make_shared<Shared>()),
      thread_([this] { run(); }) {}

Pulse::~Pulse() { stop(); }

void Pulse::stop() {
  {
    const std::lock_guard lock{shared_->mutex};
    shared_->stopping = true;
  }
  shared_->changed.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Pulse::wait_first(std::chrono::milliseconds limit) const {
  std::unique_lock lock{shared_->mutex};
  return shared_->changed.wait_for(lock, limit, [this] { return shared_->answers > 0; });
}

void Pulse::run() {
  std::unique_lock lock{shared_->mutex};
  while (!shared_->stopping) {
    if (!shared_->asked) ask(lock);
    shared_->changed.wait_for(lock, options_.pause_ms, [this] { return shared_->stopping; });
    const bool answered = !shared_->asked;
    const auto waited = std::chrono::steady_clock::now() - shared_->asked_at;
    lock.unlock();
    if (answered) ports_.on_beat();
    note(!answered && waited > options_.stalled_after_ms);
    lock.lock();
  }
}

void Pulse::ask(std::unique_lock<std::mutex>& lock) {
  shared_->asked = true;
  shared_->asked_at = std::chrono::steady_clock::now();
  lock.unlock();
  ports_.ask([shared = shared_] {
    {
      const std::lock_guard answering{shared->mutex};
      shared->asked = false;
      ++shared->answers;
    }
    shared->changed.notify_all();
  });
  lock.lock();
}

void Pulse::note(bool stalled) {
  if (std::exchange(stalled_, stalled) != stalled) ports_.on_stall(stalled);
}

}  // namespace gongji::app
