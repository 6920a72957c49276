#include "gateway/rest/person_handlers.hpp"

#include <array>

#include "gateway/rest/answers.hpp"
#include "gateway/rest/ask_person.hpp"
#include "gateway/rest/choices.hpp"
#include "gateway/rest/person_view.hpp"
#include "gateway/rest/write.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr std::array<json::FieldSpec, 7> kPatchFields{{
    {"psn_insu_stas", json::FieldKind::kId, 2},
    {"insuplc_admdvs", json::FieldKind::kId, 6},
    {"duplicate_insurance", json::FieldKind::kFlag},
    {"main_account", json::FieldKind::kId, 10},
    {"dup_attempts_exceeded", json::FieldKind::kFlag},
    {"account_state", json::FieldKind::kId, 10},
    {"special_group", json::FieldKind::kText, 50},
}};

std::optional<bool> flag_in(const json::FieldValues& values, std::string_view field) {
  if (!values.has(field)) return std::nullopt;
  return values.flag(field, false);
}

std::optional<std::string> text_in(const json::FieldValues& values, std::string_view field) {
  if (!values.has(field)) return std::nullopt;
  return std::string{values.text(field)};
}

PersonPatch read_patch(BodyReader& body, const json::FieldValues& values) {
  PersonPatch patch;
  patch.status = choose(body, values, "psn_insu_stas", kStatuses);
  patch.area = text_in(values, "insuplc_admdvs");
  patch.duplicate_insurance = flag_in(values, "duplicate_insurance");
  patch.main_account = choose(body, values, "main_account", kMainAccounts);
  patch.duplicate_attempts_exceeded = flag_in(values, "dup_attempts_exceeded");
  patch.account_state = choose(body, values, "account_state", kAccountStates);
  patch.special_group = text_in(values, "special_group");
  if (body.emptied("special_group")) patch.special_group = "";  // he belongs to none any more
  return patch;
}

}  // namespace

void show_person(Backend& backend, const CallPtr& call) {
  ask_person(backend, call, call->person(0),
             [](const PersonFound& found) { return json_answer(person_json(found)); });
}

// Balances are the holder's, or a clerk's who serves him: that he looked is journaled first
// (SH-37).
void get_person(Backend& backend, CallPtr call) {
  if (!call->may_act_for(call->ids[0]))
    return call->answer(refused(backend, Reason::kForbiddenView));
  if (call->role != Role::kAgency) return show_person(backend, call);
  note_view(backend, call, call->person(0), [&backend, call] { show_person(backend, call); });
}

void patch_person(Backend& backend, CallPtr call) {
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kPatchFields);
  const PersonPatch patch = read_patch(body, values);
  if (body.ok() && patch == PersonPatch{}) body.fault("", "", "没有要变更的字段");
  if (answer_faults(body, *call)) return;
  submit_write(backend, call,
               {ChangePersonCommand{call->person(0), patch}, body.canonical(),
                [](const JournalRecord& record) { return json_answer(changed_json(record)); }});
}

}  // namespace gongji::gateway::rest
