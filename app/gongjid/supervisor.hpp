// What systemd, or whoever set NOTIFY_SOCKET, is told about the life of the process. Without one
// every call does nothing. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace gongji::app::supervisor {

// Still starting: the start-up limit begins anew with each call.
void tell_replaying(std::uint64_t done, std::uint64_t total);
void tell_ready(const std::string& status);
void tell_stopping();
void tell_alive();  // feeds the watchdog

// How often tell_alive() must be said at least; nothing = nobody watches.
std::optional<std::chrono::microseconds> watchdog_limit();

}  // namespace gongji::app::supervisor
