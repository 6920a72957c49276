// A soak: the same steady load for long, cut into intervals. After each one everything that was
// answered in it is audited and the gateway's memory is read; the first against the last interval
// tells whether latency drifts and memory grows. Ends at the first audit that fails.
#pragma once

#include <functional>

#include "loadtest/run_result.hpp"

namespace gongji::loadtest {

using RunPart = std::function<Result<RunResult, std::string>(const LoadOptions& part)>;

// `run` plays one interval; the soak's own options have the whole duration.
Result<RunResult, std::string> run_soak(const LoadOptions& options, const RunPart& run);

// Sentences against the limits that were given; none when it may pass.
std::vector<std::string> soak_problems(const LoadOptions& options,
                                       const std::vector<SoakInterval>& intervals);

}  // namespace gongji::loadtest
