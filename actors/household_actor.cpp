#include "actors/household_actor.hpp"

#include <caf/actor_system.hpp>
#include <caf/behavior.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <exception>
#include <optional>

#include "ports/log.hpp"

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(gongji::actors::Mail)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(gongji::actors::Leave)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(gongji::actors::MailboxDrained)

namespace gongji::actors {
namespace {

struct State {
  InflightToken alive;
  std::optional<HouseholdDesk> desk;
  bool failed = false;
};
using Household = caf::stateful_actor<State>;

void fail(Household* self, HouseholdEvents& events, const char* what) {
  const HouseholdId id = self->state.desk->image().state.id;
  log_event(LogLevel::kError, "household_failed",
            "A message could not be decided; its household is rebuilt from the journal.",
            {{"household", id.number()}, {"error", what}});
  self->state.failed = true;
  events.on_failure(id);
  self->send(self, MailboxDrained{});
}

void on_mail(Household* self, HouseholdEvents& events, const EnvelopePtr& mail) {
  if (self->state.failed) return events.take_back(self->state.desk->image().state.id, mail);
  try {
    const Handled handled = self->state.desk->handle(mail);
    if (handled == Handled::kLoosened) events.on_loosened(self->state.desk->image().state.id);
    if (handled == Handled::kOthersNeeded) {
      mail->inflight = {};  // it counts where it goes
      events.on_others_needed(mail);
    }
  } catch (const std::exception& error) {
    fail(self, events, error.what());
  } catch (...) {
    fail(self, events, "unknown exception");
  }
}

caf::behavior behave(Household* self, const HouseholdTools& tools, JournalIndex& index,
                     HouseholdEvents& events, InflightToken alive, HouseholdImage image) {
  self->state.alive = std::move(alive);
  self->state.desk.emplace(tools, std::move(image));
  return {
      [self, &events](const Mail& mail) { on_mail(self, events, mail.envelope); },
      [self, &index](const Leave& leave) {
        const bool sound = !self->state.failed;  // else the state may be half of an event
        if (leave.keep_snapshot && sound) index.save_snapshot(self->state.desk->image());
        self->quit();
      },
      [self, &events](const MailboxDrained&) {
        events.on_drained(self->state.desk->image().state.id);
        self->quit();
      },
  };
}

}  // namespace

caf::actor spawn_household(caf::actor_system& system, const HouseholdTools& tools,
                           JournalIndex& index, HouseholdEvents& events, InflightToken alive,
                           HouseholdImage image) {
  auto token = std::make_shared<InflightToken>(std::move(alive));  // CAF copies what it is given
  return system.spawn<caf::hidden>(
      [&tools, &index, &events, token, image = std::move(image)](Household* self) mutable {
        return behave(self, tools, index, events, std::move(*token), std::move(image));
      });
}

void send_mail(const caf::actor& household, EnvelopePtr mail) {
  caf::anon_send(household, Mail{std::move(mail)});
}

void send_leave(const caf::actor& household, bool keep_snapshot) {
  caf::anon_send(household, Leave{keep_snapshot});
}

}  // namespace gongji::actors
