#include "app/gongjid/signals.hpp"

#include <csignal>
#include <cstdlib>
#include <initializer_list>

namespace gongji::app {
namespace {

sigset_t handled() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

}  // namespace

Signals::Signals() {
  const sigset_t set = handled();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

Signal Signals::wait() const {
  const sigset_t set = handled();
  int taken = 0;
  while (sigwait(&set, &taken) != 0) {
  }
  return taken == SIGHUP ? Signal::kReload : Signal::kDrain;
}

void Signals::end_at_next() const {
  std::signal(SIGTERM, [](int) { std::_Exit(1); });
  std::signal(SIGINT, [](int) { std::_Exit(1); });
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace gongji::app
