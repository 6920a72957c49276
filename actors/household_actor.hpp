// The CAF shell around one HouseholdDesk: its mailbox is the household's one order of events. An
// exception in a handler harms one message: this actor gives the rest of its mail back in order and
// the household is rebuilt from the journal (actors/roster.hpp).
#pragma once

#include <caf/actor.hpp>
#include <caf/fwd.hpp>
#include <functional>

#include "actors/household_desk.hpp"

namespace gongji::actors {

// Messages an actor understands. They carry pointers and never leave the process.
struct Mail {
  EnvelopePtr envelope;
};
struct Leave {
  bool keep_snapshot = false;  // store the state before going: everything written is durable
};
struct MailboxDrained {};  // to oneself, behind everything that was queued at a failure

// How a household reports what it cannot do alone. Called on the actor's thread.
struct HouseholdEvents {
  virtual ~HouseholdEvents() = default;
  // The message concerns somebody who lives elsewhere; it was not looked at further.
  virtual void on_others_needed(EnvelopePtr mail) = 0;
  // Not everybody in it is connected any more: it may be split.
  virtual void on_loosened(HouseholdId household) = 0;
  // No more mail is sent to this actor from the return of this call on.
  virtual void on_failure(HouseholdId household) = 0;
  // Mail that was queued already, in order.
  virtual void take_back(HouseholdId household, EnvelopePtr mail) = 0;
  // All of it was taken back; `submitted` is the last record handed to the journal.
  virtual void on_drained(HouseholdId household) = 0;
};

// `alive` counts this actor until it is gone: what it refers to must stay until then.
caf::actor spawn_household(caf::actor_system& system, const HouseholdTools& tools,
                           JournalIndex& index, HouseholdEvents& events, InflightToken alive,
                           HouseholdImage image);

// Asynchronous; the actor may be gone (then the ticket answers "unknown").
void send_mail(const caf::actor& household, EnvelopePtr mail);
void send_leave(const caf::actor& household, bool keep_snapshot);

}  // namespace gongji::actors
