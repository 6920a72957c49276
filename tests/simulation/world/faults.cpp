#include "tests/simulation/world/faults.hpp"

namespace gongji::simulation {

using std::chrono::milliseconds;

const std::vector<Faults::Kind>& Faults::kinds() {
  static const std::vector<Kind> all{
      {"kill", &Faults::kill, true},
      {"kill-again-and-again", &Faults::kill_again_and_again, false},
      {"power-cut", &Faults::cut_power, true},
      {"stalled-sync", &Faults::stall_sync, true},
      {"failed-sync", &Faults::fail_sync, true},
      {"slow-disk", &Faults::slow_disk, true},
      {"unreadable-disk", &Faults::unreadable_disk, true},
      {"pause", &Faults::pause, true},
      {"second-owner", &Faults::second_owner, true},
      {"lossy-network", &Faults::lossy_network, true},
      {"crowded-network", &Faults::crowded_network, true},
      {"exception", &Faults::throw_somewhere, true},
      {"clock-nudge", &Faults::nudge_clock, true},
      {"clock-jump", &Faults::jump_clock, false},
      {"redis-away", &Faults::redis_away, true},
      {"redis-slow", &Faults::redis_slow, true},
      {"redis-emptied", &Faults::redis_emptied, true},
      {"redis-set-back", &Faults::redis_set_back, true},
      {"year-roll", &Faults::roll_years, true},
  };
  return all;
}

// A third of the kinds: runs with few kinds of faults find what crowded ones hide.
Faults::Faults(World& world, Mode mode)
    : world_(world),
      chance_(world.schedule().chance().fork()),
      severity_(mode == Mode::kSurvivable ? 1 : 1 + static_cast<unsigned>(chance_.below(8))),
      pause_min_(mode == Mode::kSurvivable ? milliseconds{300} : milliseconds{0}),
      pause_max_(milliseconds{chance_.between(50, 1'500)}) {
  for (const Kind& kind : kinds()) {
    const bool may = kind.survivable || mode == Mode::kAnyFaults;
    if (!may || chance_.below(3) != 0) continue;
    strikes_.push_back(kind.strike);
    drawn_.push_back(kind.name);
  }
}

void Faults::run() {
  while (!stopping_ && !strikes_.empty()) {
    world_.schedule().sleep(pause_min_ + world_.schedule().chance_time(pause_max_));
    if (!stopping_) (this->*chance_.pick(strikes_))();
  }
}

void Faults::mend() {
  weather() = Weather{};
  world_.pause(false);
}

void Faults::last(Time longest) {
  world_.schedule().sleep(world_.schedule().chance_time(longest * severity_));
}

// ---- the machine ----

void Faults::kill() { world_.crash(false); }
void Faults::kill_again_and_again() {
  for (int i = 0; i < 4; ++i) {
    last(milliseconds{60});
    world_.crash(chance_.below(2) == 0);
  }
}
void Faults::cut_power() { world_.crash(true); }
void Faults::stall_sync() {
  weather().sync_stalled = true;
  last(milliseconds{600});
  weather().sync_stalled = false;
}
void Faults::fail_sync() { weather().syncs_to_fail = 1; }
void Faults::slow_disk() {
  weather().sync_max = milliseconds{20};
  weather().read_max = milliseconds{5};
  last(milliseconds{100});
  weather().sync_max = Weather{}.sync_max;
  weather().read_max = Weather{}.read_max;
}
void Faults::unreadable_disk() {
  weather().read_error_per_mille = static_cast<unsigned>(chance_.between(5, 300));
  last(milliseconds{30});
  weather().read_error_per_mille = 0;
}

// ---- processes ----

void Faults::pause() {
  world_.pause(true);
  last(milliseconds{600});
  world_.pause(false);
}
void Faults::second_owner() {
  world_.take_over();
  last(milliseconds{800});
}
void Faults::throw_somewhere() {
  Weather& now = weather();
  unsigned* const sites[] = {&now.throw_before_decision_per_mille,
                             &now.throw_after_evolve_per_mille, &now.throw_after_submit_per_mille};
  unsigned& site = *sites[chance_.below(3)];
  site = static_cast<unsigned>(chance_.between(10, 400));
  last(milliseconds{30});
  site = 0;
}

// ---- network and clocks ----

void Faults::lossy_network() {
  weather().lost_per_mille = static_cast<unsigned>(chance_.between(50, 500));
  last(milliseconds{200});
  weather().lost_per_mille = 0;
}
void Faults::crowded_network() {
  weather().delay_max = milliseconds{chance_.between(1, 15)};
  weather().duplicate_per_mille = 300;
  last(milliseconds{200});
  weather().delay_max = Weather{}.delay_max;
  weather().duplicate_per_mille = 0;
}
void Faults::nudge_clock() {
  world_.schedule().jump_wall(std::chrono::seconds{chance_.between(0, 1'200)} -
                              std::chrono::seconds{600});
}
void Faults::jump_clock() {
  world_.schedule().jump_wall(std::chrono::hours{24 * chance_.between(0, 60)} -
                              std::chrono::hours{24 * 20});
}

// ---- the copy for readers ----

void Faults::redis_away() {
  weather().redis_away = true;
  last(milliseconds{300});
  weather().redis_away = false;
}
void Faults::redis_slow() {
  weather().redis_max = milliseconds{30};
  last(milliseconds{200});
  weather().redis_max = Weather{}.redis_max;
}
void Faults::redis_emptied() { world_.redis().empty(); }
void Faults::redis_set_back() {
  world_.redis().keep_copy();
  last(milliseconds{100});
  world_.redis().restore_copy();
}

// No fault, but something that goes on beside everything else.
void Faults::roll_years() { (void)world_.roll_year(chance_.below(2) == 0 ? 2025 : 2026); }

}  // namespace gongji::simulation
