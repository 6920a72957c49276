#include "app/gongjid/supervisor.hpp"

#include <systemd/sd-daemon.h>

namespace gongji::app::supervisor {
namespace {

// Longer than any step of a replay between two reports.
constexpr std::chrono::microseconds kMoreTime = std::chrono::seconds{60};

void tell(const std::string& state) { (void)sd_notify(0, state.c_str()); }

}  // namespace

void tell_replaying(std::uint64_t done, std::uint64_t total) {
  tell("EXTEND_TIMEOUT_USEC=" + std::to_string(kMoreTime.count()) + "\nSTATUS=replaying " +
       std::to_string(done) + " of " + std::to_string(total) + " records");
}

void tell_ready(const std::string& status) { tell("READY=1\nSTATUS=" + status); }
void tell_stopping() { tell("STOPPING=1\nSTATUS=draining"); }
void tell_alive() { tell("WATCHDOG=1"); }

std::optional<std::chrono::microseconds> watchdog_limit() {
  std::uint64_t limit = 0;
  if (sd_watchdog_enabled(0, &limit) <= 0) return std::nullopt;
  return std::chrono::microseconds{limit};
}

}  // namespace gongji::app::supervisor
