#include "actors/system.hpp"

#include <caf/atom.hpp>
#include <caf/defaults.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

namespace gongji::actors {

SystemConfig::SystemConfig(const ActorOptions& options) {
  set("scheduler.policy", caf::atom("sharing"));
  set("scheduler.max-threads", static_cast<std::size_t>(options.worker_threads));
  set("scheduler.max-throughput", static_cast<std::size_t>(options.messages_per_turn));
  set("logger.console", caf::atom("NONE"));
}

std::string check_scheduler(caf::actor_system& system, const ActorOptions& options) {
  const auto policy =
      caf::get_or(system.config(), "scheduler.policy", caf::defaults::scheduler::policy);
  if (policy != caf::atom("sharing"))
    return "actor scheduler is '" + caf::to_string(policy) + "', not 'sharing'";
  const std::size_t workers = system.scheduler().num_workers();
  if (workers != options.worker_threads)
    return "actor scheduler has " + std::to_string(workers) + " workers, not " +
           std::to_string(options.worker_threads);
  return {};
}

}  // namespace gongji::actors
