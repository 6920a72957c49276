// The canary: an actor without a household that only passes questions on to the journal writer. Its
// answer shows that actors are scheduled and that what was queued before the question is on the
// disk.
#pragma once

#include <caf/actor.hpp>
#include <caf/fwd.hpp>
#include <functional>

#include "actors/journal_writer.hpp"

namespace gongji::actors {

class Canary {
 public:
  // Both must outlive the canary and the answers it still owes.
  Canary(caf::actor_system& system, JournalWriter& journal);
  ~Canary();
  Canary(const Canary&) = delete;
  Canary& operator=(const Canary&) = delete;

  // Any thread. `answered` is called on the journal's thread once everything queued before is
  // durable; never when the journal has failed. It must not block.
  void ask(std::function<void()> answered) const;

 private:
  const caf::actor actor_;
};

}  // namespace gongji::actors
