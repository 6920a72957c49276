// One run of the simulation: everything in it follows from its seed and these options.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ports/institutions.hpp"
#include "tests/simulation/world/bugs.hpp"
#include "tests/simulation/world/faults.hpp"

namespace gongji::simulation {

struct RunOptions {
  Mode mode = Mode::kAnyFaults;
  unsigned operations = 500;
  Bug bug = Bug::kNone;
  bool traced = false;
};

struct RunResult {
  std::vector<std::string> complaints;  // none: all is well
  std::vector<std::string_view> faults;
  std::uint64_t steps = 0;
  std::uint64_t records = 0;
  std::uint64_t epochs = 0;
  std::uint64_t answers = 0;
  std::chrono::nanoseconds simulated{0};
  std::uint64_t digest = 0;  // the same for the same seed, on any machine
};

RunResult run_seed(std::uint64_t seed, const PolicySource& policies, const RunOptions& options);

}  // namespace gongji::simulation
