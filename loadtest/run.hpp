// One run from start to end: prepare, balances before, load, audit.
#pragma once

#include "domain/result.hpp"
#include "loadtest/options.hpp"
#include "loadtest/run_result.hpp"

namespace gongji::loadtest {

// Creates the load's persons and networks; a summary sentence, or why not.
struct PrepareSummary {
  std::string text;
};
Result<PrepareSummary, std::string> run_prepare(const LoadOptions& options);

// The options are complete (complete_options). The error says why the run could not take place.
Result<RunResult, std::string> run_load(const LoadOptions& options);

}  // namespace gongji::loadtest
