#include "app/gongjictl/interrupt.hpp"

#include <atomic>
#include <csignal>
#include <thread>

namespace gongji::ctl {
namespace {

constexpr std::chrono::milliseconds kSlice{50};
std::atomic<bool> asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // usable in a signal handler

}  // namespace

Interrupt::Interrupt() {
  asked = false;
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { asked = true; });
}

Interrupt::~Interrupt() {
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
}

bool Interrupt::sleep(std::chrono::milliseconds pause_ms) const {
  const auto end = std::chrono::steady_clock::now() + pause_ms;
  while (!asked && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(kSlice);
  return !asked;
}

}  // namespace gongji::ctl
