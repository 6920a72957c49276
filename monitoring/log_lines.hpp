// An event of ports/log.hpp as one line: a JSON object for machines, or text for a person at a
// terminal. Whatever a sentence or a library's error contains, a line stays a line and valid UTF-8.
#pragma once

#include <chrono>
#include <string>

#include "ports/log.hpp"

namespace gongji::monitoring {

using LogTime = std::chrono::system_clock::time_point;

// {"ts":"2026-11-29T20:31:15.123Z","level":"warn","event":"disk_low","msg":"…","free_bytes":1}
// Without its newline. A field that is called like one of the first four is left out.
std::string json_log_line(LogTime at, const LogEvent& event);

// "20:31:15.123 warn  disk_low: … free_bytes=1", the time in UTC. Without its newline.
std::string text_log_line(LogTime at, const LogEvent& event);

}  // namespace gongji::monitoring
