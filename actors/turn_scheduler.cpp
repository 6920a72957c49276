#include "actors/turn_scheduler.hpp"

#include <caf/actor_system.hpp>
#include <caf/scheduler/coordinator.hpp>
#include <caf/scoped_execution_unit.hpp>
#include <utility>
#include <vector>

namespace gongji::actors {
namespace {

using Scheduler = caf::scheduler::coordinator<TurnSharing>;

// The actors one thread woke in its turn. What they wake in theirs joins the queue.
class TurnQueue final : public TurnEnd {
 public:
  void add(ThreadTurn& turn, caf::scheduler::abstract_coordinator& scheduler, caf::resumable* job) {
    scheduler_ = &scheduler;
    jobs_.push_back(job);
    turn.count_mail();
    if (jobs_.size() == 1) turn.at_end({std::shared_ptr<void>{}, this});
  }

  void turn_ended() noexcept override {
    caf::scoped_execution_unit unit{&scheduler_->system()};
    for (std::size_t i = 0; i < jobs_.size(); ++i) run(unit, jobs_[i]);
    jobs_.clear();
  }

 private:
  // As caf::scheduler::worker does. The queue holds one reference of each job.
  void run(caf::execution_unit& unit, caf::resumable* job) {
    if (job->resume(&unit, scheduler_->max_throughput()) == caf::resumable::resume_later)
      return jobs_.push_back(job);
    caf::intrusive_ptr_release(job);
  }

  caf::scheduler::abstract_coordinator* scheduler_ = nullptr;
  std::vector<caf::resumable*> jobs_;
};

}  // namespace

void TurnSharing::run_at_end(ThreadTurn& turn, caf::scheduler::abstract_coordinator& scheduler,
                             caf::resumable* job) {
  thread_local TurnQueue queue;
  queue.add(turn, scheduler, job);
}

caf::actor_system::module* make_turn_scheduler(caf::actor_system& system) {
  return new Scheduler{system};  // CAF owns it
}

bool has_turn_scheduler(caf::actor_system& system) {
  return dynamic_cast<Scheduler*>(&system.scheduler()) != nullptr;
}

}  // namespace gongji::actors
