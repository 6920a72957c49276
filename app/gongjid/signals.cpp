#include "app/gongjid/signals.hpp"

#include <pthread.h>

#include <csignal>
#include <cstdlib>
#include <initializer_list>

#include "app/gongjid/logging.hpp"
#include "ports/background_thread.hpp"
#include "ports/log.hpp"

namespace gongji::app {
namespace {

sigset_t handled() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

[[noreturn]] void end_now(int code, std::string_view event, std::string_view sentence) {
  log_event(LogLevel::kWarn, event, sentence);
  flush_log();
  std::_Exit(code);
}

}  // namespace

Signals::Signals() {
  const sigset_t set = handled();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread{[this] { watch(); }};
}

Signals::~Signals() {
  stopping_ = true;
  pthread_kill(thread_.native_handle(), SIGHUP);  // one of those it waits for
  thread_.join();
}

void Signals::watch() {
  name_thread("signals");
  const sigset_t set = handled();
  while (true) {
    int taken = 0;
    if (sigwait(&set, &taken) != 0) continue;
    if (stopping_) return;
    take(taken == SIGHUP ? Signal::kReload : Signal::kDrain);
  }
}

void Signals::take(Signal signal) {
  if (signal == Signal::kDrain && phase_ == Phase::kStarting)
    end_now(0, "stopped_while_starting", "Told to stop before anything was served.");
  if (signal == Signal::kDrain && phase_ == Phase::kDraining)
    end_now(1, "stopped_at_once", "Told a second time to stop; what is in flight is not finished.");
  {
    const std::lock_guard lock{mutex_};
    waiting_.push_back(signal);
  }
  came_.notify_one();
}

Signal Signals::wait() {
  std::unique_lock lock{mutex_};
  came_.wait(lock, [this] { return !waiting_.empty(); });
  const Signal signal = waiting_.front();
  waiting_.pop_front();
  return signal;
}

}  // namespace gongji::app
