// How the simulated tax authority and insurer behave. Filled by config/ from [counterparties].
#pragma once

#include <chrono>
#include <cstdint>

namespace gongji::counterparties {

struct SimulationOptions {
  bool simulated = false;  // false: nobody answers; requests stay open for the agency
  std::chrono::milliseconds delay_ms{200};
  std::uint32_t refused_per_mille = 0;
  std::uint32_t lost_per_mille = 0;  // the request is carried again later
  std::uint32_t seed = 1;
};

}  // namespace gongji::counterparties
