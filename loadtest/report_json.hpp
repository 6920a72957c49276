// The run as one JSON object, for scripts that compare runs. Latencies in milliseconds, money as
// decimal text.
#pragma once

#include <string>

#include "loadtest/run_result.hpp"

namespace gongji::loadtest {

std::string json_report(const RunResult& result);

}  // namespace gongji::loadtest
