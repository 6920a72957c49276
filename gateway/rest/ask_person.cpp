#include "gateway/rest/ask_person.hpp"

#include "gateway/rest/answers.hpp"
#include "gateway/rest/loop_ticket.hpp"

namespace gongji::gateway::rest {
namespace {

Refusal why_not(const Call& call, const PersonId& person, const Reply& reply) {
  const auto* recorded = std::get_if<Recorded>(&reply);  // a stranger's view was refused
  if (recorded != nullptr && recorded->record->refusal() != nullptr)
    return *recorded->record->refusal();
  const auto* refusal = std::get_if<NotDecided>(&reply);
  if (refusal == nullptr) return {Reason::kUnknownOutcome, "", {}, {}};
  const bool stranger = refusal->refusal.reason == Reason::kNoPerson;
  if (stranger && !call.may_act_for(person.text())) return {Reason::kForbiddenView, "", {}, {}};
  return refusal->refusal;
}

Request question(Backend& backend, const Call& call, Ask ask) {
  Request request;
  request.origin.received_at = backend.ports.clock.now();
  request.origin.channel = call.channel;
  request.origin.operator_id = call.operator_id;
  request.origin.acting_person = call.acting_person;
  request.ask = std::move(ask);
  request.deadline = call.deadline;
  return request;
}

}  // namespace

void note_view(Backend& backend, const CallPtr& call, const PersonId& person,
               std::function<void()> proceed) {
  Request request = question(backend, *call, AdminRequest{ViewAccountCommand{person}});
  request.origin.key.infno = "view";
  backend.ports.service.submit(
      std::move(request),
      make_loop_ticket(*call->slot, [&backend, call, person, proceed](const Reply& reply) {
        const auto* noted = std::get_if<Recorded>(&reply);
        if (noted != nullptr && noted->record->applied()) return proceed();
        call->answer(refused(backend, why_not(*call, person, reply)));
      }));
}

void with_person(Backend& backend, const CallPtr& call, const PersonId& person,
                 std::function<void(const PersonFound& found)> proceed) {
  Request request = question(backend, *call, PersonQuery{person, {}});
  backend.ports.service.submit(
      std::move(request),
      make_loop_ticket(*call->slot, [&backend, call, person, proceed](const Reply& reply) {
        if (const auto* found = std::get_if<PersonFound>(&reply)) return proceed(*found);
        call->answer(refused(backend, why_not(*call, person, reply)));
      }));
}

void ask_person(Backend& backend, const CallPtr& call, const PersonId& person,
                std::function<Answer(const PersonFound& found)> render) {
  with_person(backend, call, person, [call, render = std::move(render)](const PersonFound& found) {
    call->answer(render(found));
  });
}

}  // namespace gongji::gateway::rest
