// Options of the actors, beside the code that uses them. config/ fills and checks them; the
// meaning, unit and range of each knob are in config/gateway.toml.
#pragma once

#include <cstddef>

namespace gongji::actors {

struct ActorOptions {
  std::size_t active_max = 100'000;
  unsigned worker_threads = 2;
  unsigned messages_per_turn = 100;
  unsigned household_inflight_max = 1024;
  unsigned snapshot_every_records = 64;
};

}  // namespace gongji::actors
