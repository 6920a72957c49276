// The scheduler of the household actors: CAF's work sharing, and one thing more. A thread whose
// turn works on mail (ports/thread_turn.hpp) runs the actors it woke itself when the turn ends. A
// settlement is then decided by the io thread that read it, and no other thread is woken for a few
// microseconds of work; the pool does what comes from elsewhere. It makes no difference to an
// actor: CAF lets one thread at a time run it, whichever that is.
#pragma once

#include <caf/policy/work_sharing.hpp>
#include <caf/resumable.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>
#include <memory>

#include "ports/thread_turn.hpp"

namespace gongji::actors {

class TurnSharing : public caf::policy::work_sharing {
 public:
  template <class Coordinator>
  void central_enqueue(Coordinator* self, caf::resumable* job) {
    ThreadTurn* turn = ThreadTurn::current();
    if (turn == nullptr || !turn->works_on_mail()) return enqueue(self, job);
    run_at_end(*turn, *self, job);
  }

 private:
  static void run_at_end(ThreadTurn& turn, caf::scheduler::abstract_coordinator& scheduler,
                         caf::resumable* job);
};

// For SystemConfig: CAF takes it instead of a scheduler of its own.
caf::actor_system::module* make_turn_scheduler(caf::actor_system& system);
// Whether that happened.
bool has_turn_scheduler(caf::actor_system& system);

}  // namespace gongji::actors
