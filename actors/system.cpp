#include "actors/system.hpp"

#include <caf/atom.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include "actors/turn_scheduler.hpp"

namespace gongji::actors {

SystemConfig::SystemConfig(const ActorOptions& options) {
  module_factories.push_back(make_turn_scheduler);
  set("scheduler.max-threads", static_cast<std::size_t>(options.worker_threads));
  set("scheduler.max-throughput", static_cast<std::size_t>(options.messages_per_turn));
  set("logger.console", caf::atom("NONE"));
}

std::string check_scheduler(caf::actor_system& system, const ActorOptions& options) {
  if (!has_turn_scheduler(system)) return "actor scheduler is not the one of actors/";
  const std::size_t workers = system.scheduler().num_workers();
  if (workers != options.worker_threads)
    return "actor scheduler has " + std::to_string(workers) + " workers, not " +
           std::to_string(options.worker_threads);
  return {};
}

}  // namespace gongji::actors
