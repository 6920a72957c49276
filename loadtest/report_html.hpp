// The run as one HTML page that needs nothing else: figures, three plots as inline SVG, the audit.
#pragma once

#include <string>

#include "loadtest/run_result.hpp"

namespace gongji::loadtest {

std::string html_report(const RunResult& result);

}  // namespace gongji::loadtest
