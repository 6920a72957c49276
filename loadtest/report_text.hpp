// The summary a run prints at its end.
#pragma once

#include <string>

#include "loadtest/run_result.hpp"

namespace gongji::loadtest {

std::string text_report(const RunResult& result);
std::string milliseconds_text(std::uint64_t nanoseconds);  // "0.512", "12.3"
std::string bytes_text(std::uint64_t bytes);               // "1.2 GB"

}  // namespace gongji::loadtest
