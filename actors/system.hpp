// How CAF is set up here. A scheduler that shares work (turn_scheduler.hpp): with many ready
// households, stealing walks long run queues under two spin locks (measured 10-50 times slower).
// Few messages per turn, so that one hot household cannot keep a worker.
#pragma once

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>

#include "actors/options.hpp"

namespace gongji::actors {

class SystemConfig : public caf::actor_system_config {
 public:
  explicit SystemConfig(const ActorOptions& options);
};

// CAF only prints to stderr when it does not like a setting; this asks what it really took. Empty
// when all is as it should be, else a sentence.
std::string check_scheduler(caf::actor_system& system, const ActorOptions& options);

}  // namespace gongji::actors
