// What goes wrong just now. The fault injector (world/faults.hpp) writes it, the simulated ports
// look at it before each thing they do.
#pragma once

#include <string_view>

#include "tests/simulation/scheduler/schedule.hpp"

namespace gongji::simulation {

struct Weather {
  // ---- disk ----
  Time sync_max{200'000};
  bool sync_stalled = false;
  unsigned syncs_to_fail = 0;
  unsigned read_error_per_mille = 0;
  Time read_max{50'000};
  // ---- network between tills and gateway ----
  unsigned lost_per_mille = 0;       // messages, and answers
  unsigned duplicate_per_mille = 0;  // messages
  Time delay_max{200'000};
  // ---- hot balances ----
  bool redis_away = false;
  Time redis_max{100'000};
  // ---- the program itself: a handler throws there ----
  unsigned throw_before_decision_per_mille = 0;
  unsigned throw_after_evolve_per_mille = 0;
  unsigned throw_after_submit_per_mille = 0;
};

}  // namespace gongji::simulation
