// The daemon's log: events of ports/log.hpp to stderr, one JSON object a line, or as text when a
// person at a terminal reads it. spdlog carries the lines: levels, and one line at a time.
#pragma once

#include <string>

namespace gongji::app {

// Once, before anything logs. `level`: trace, debug, info, warn, error, off. `format`: auto (text
// on a terminal, else JSON), json, text.
void set_up_logging(const std::string& level, const std::string& format);

// Before the process ends without running destructors.
void flush_log();

}  // namespace gongji::app
