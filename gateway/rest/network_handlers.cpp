#include "gateway/rest/network_handlers.hpp"

#include <array>

#include "gateway/rest/answers.hpp"
#include "gateway/rest/ask_person.hpp"
#include "gateway/rest/member_fields.hpp"
#include "gateway/rest/network_view.hpp"
#include "gateway/rest/write.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr std::array<json::FieldSpec, 2> kNetworkFields{{
    {"organizer", json::FieldKind::kId, 30, json::kRequired},
    {"profile", json::FieldKind::kId, 20, json::kRequired},
}};

// `profile` forms the authoriser's network with its first link when there is none.
constexpr std::array<json::FieldSpec, 6> kBindFields{{
    kMemberFields[0],
    kMemberFields[1],
    kMemberFields[2],
    kMemberFields[3],
    kMemberFields[4],
    {"profile", json::FieldKind::kId, 20},
}};

// An app writes for its acting person alone; false when the call was answered.
bool acts_for(Backend& backend, Call& call, std::string_view person) {
  if (call.may_act_for(person)) return true;
  call.answer(refused(backend, Reason::kForbidden));
  return false;
}

Write with_body(Command command, const BodyReader& body, std::string (*json)(const JournalRecord&),
                unsigned status = kOk) {
  return {std::move(command), body.canonical(), [json, status](const JournalRecord& record) {
            return json_answer(json(record), status);
          }};
}

Write without_body(Command command, std::string (*json)(const JournalRecord&)) {
  return {std::move(command), "",
          [json](const JournalRecord& record) { return json_answer(json(record)); }};
}

}  // namespace

void form_network(Backend& backend, CallPtr call) {
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kNetworkFields);
  FormNetworkCommand command;
  command.organiser = PersonId{values.text("organizer")};
  command.family = values.text("profile");
  const auto members = body.objects("members", kMemberFields);
  for (std::size_t i = 0; i < members.size(); ++i)
    command.members.push_back(
        read_new_member(body, members[i], "members[" + std::to_string(i) + "]"));
  const auto modes = body.modes("");
  command.modes = modes.value_or(std::vector<Mode>{});
  if (answer_faults(body, *call)) return;
  if (!acts_for(backend, *call, command.organiser.text())) return;
  if (modes && modes->empty()) return call->answer(refused(backend, Reason::kModeEmpty));
  const auto render = [&backend](const JournalRecord& record) {
    const auto policy = backend.ports.policies.current();
    const Profile* profile = policy->profiles.by_id(record.profile.id);
    return json_answer(formed_json(record, profile), kCreated);
  };
  submit_write(backend, call, {std::move(command), body.canonical(), render});
}

// The organiser sees all of it (SH-17), a member the organiser and himself (SH-18).
void get_network(Backend& backend, CallPtr call) {
  const PersonId organiser = call->person(0);
  ask_person(backend, call, organiser, [&backend, call](const PersonFound& found) {
    const bool whole = call->may_act_for(call->ids[0]);
    if (whole && found.networks.empty()) return refused(backend, Reason::kNotFound);
    const PersonId member{whole ? "" : call->acting_person};
    if (!whole && !is_member(found, member)) return refused(backend, Reason::kForbiddenView);
    const auto policy = backend.ports.policies.current();
    const Profile& profile =
        policy->profiles.of_family(found.networks.front().family, civil_date(found.at));
    return json_answer(network_json(found, member, profile));
  });
}

void put_modes(Backend& backend, CallPtr call) {
  BodyReader body{call->body};
  const auto modes = body.modes("");
  if (body.ok() && !modes) body.fault("", "modes", "不能为空");
  if (answer_faults(body, *call)) return;
  if (!acts_for(backend, *call, call->ids[0])) return;
  submit_write(backend, call,
               with_body(ConfirmModesCommand{call->person(0), *modes}, body, modes_json));
}

void disband_network(Backend& backend, CallPtr call) {
  if (!acts_for(backend, *call, call->ids[0])) return;
  submit_write(backend, call, without_body(DisbandCommand{call->person(0)}, disbanded_json));
}

void bind_member(Backend& backend, CallPtr call) {
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kBindFields);
  BindCommand command{call->person(0), std::string{values.text("profile")},
                      read_new_member(body, values, "")};
  if (answer_faults(body, *call)) return;
  if (!acts_for(backend, *call, call->ids[0])) return;
  submit_write(backend, call, with_body(std::move(command), body, bound_json, kCreated));
}

// Only the relation is corrected in place; quota and window need a new link (SX-11).
void correct_relation(Backend& backend, CallPtr call) {
  static constexpr std::array<json::FieldSpec, 4> kFields{{
      {"relation", json::FieldKind::kId, 20},
      {"quota", json::FieldKind::kMoney},
      {"from", json::FieldKind::kId, 10},
      {"to", json::FieldKind::kId, 10},
  }};
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kFields);
  const bool needs_rebind = values.has("quota") || values.has("from") || values.has("to");
  if (body.ok() && !needs_rebind && !values.has("relation")) body.fault("", "relation", "不能为空");
  const Relation relation = read_relation(body, values, "");
  if (answer_faults(body, *call)) return;
  if (!acts_for(backend, *call, call->ids[0])) return;
  if (needs_rebind) return call->answer(refused(backend, Reason::kRebindRequired));
  const CorrectRelationCommand command{call->person(0), call->person(1), relation};
  submit_write(backend, call, with_body(command, body, corrected_json));
}

void rebind_member(Backend& backend, CallPtr call) {
  static constexpr std::array<json::FieldSpec, 4> kFields{{
      {"relation", json::FieldKind::kId, 20, json::kRequired},
      {"quota", json::FieldKind::kMoney},
      {"from", json::FieldKind::kId, 10},
      {"to", json::FieldKind::kId, 10},
  }};
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kFields);
  NewMember member = read_new_link(body, values, "");
  member.id = call->person(1);
  if (answer_faults(body, *call)) return;
  if (!acts_for(backend, *call, call->ids[0])) return;
  submit_write(backend, call,
               with_body(RebindCommand{call->person(0), std::move(member)}, body, bound_json));
}

void unbind_member(Backend& backend, CallPtr call) {
  if (!acts_for(backend, *call, call->ids[0])) return;
  const UnbindCommand command{call->person(0), call->person(1), false};
  submit_write(backend, call, without_body(command, unbound_json));
}

// He leaves every network he belongs to (SH-16); in Shanghai there is one.
void leave_networks(Backend& backend, CallPtr call) {
  if (!acts_for(backend, *call, call->ids[0])) return;
  const UnbindCommand command{PersonId{}, call->person(0), true};
  submit_write(backend, call, without_body(command, unbound_json));
}

}  // namespace gongji::gateway::rest
