// Options of the actors, beside the code that uses them. config/ fills and checks them; the
// meaning, unit and range of each knob are in config/gateway.toml.
#pragma once

#include <chrono>
#include <cstddef>

namespace gongji::actors {

struct ActorOptions {
  std::size_t active_max = 100'000;
  unsigned worker_threads = 2;
  unsigned messages_per_turn = 100;
  unsigned household_inflight_max = 1024;
  unsigned snapshot_every_records = 64;
};

// The copy of balances for readers (actors/hot_balance_projector.hpp).
struct ProjectorOptions {
  std::chrono::milliseconds flush_interval_ms{10};
  std::size_t backlog_max = 200'000;
  unsigned rebuild_households_per_s = 0;  // 0 = as fast as settlements leave it
  std::size_t views_max = 200'000;
};

}  // namespace gongji::actors
