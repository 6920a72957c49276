#include "gateway/rest/person_view.hpp"

#include "gateway/json/json_writer.hpp"
#include "gateway/rest/choices.hpp"

namespace gongji::gateway::rest {
namespace {

void write_patch(json::JsonWriter& out, const PersonPatch& patch) {
  if (patch.status) out.text("psn_insu_stas", word_of(kStatuses, *patch.status));
  if (patch.area) out.text("insuplc_admdvs", *patch.area);
  if (patch.duplicate_insurance) {
    out.key("duplicate_insurance");
    out.boolean(*patch.duplicate_insurance);
  }
  if (patch.main_account) out.text("main_account", word_of(kMainAccounts, *patch.main_account));
  if (patch.duplicate_attempts_exceeded) {
    out.key("dup_attempts_exceeded");
    out.boolean(*patch.duplicate_attempts_exceeded);
  }
  if (patch.account_state) out.text("account_state", word_of(kAccountStates, *patch.account_state));
  if (patch.special_group) out.text("special_group", *patch.special_group);
}

}  // namespace

std::string person_json(const PersonFound& found) {
  const Person& person = found.person;
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("psn_no", person.id.text());
  out.text("psn_name", person.card.psn_name);
  out.text("insutype", to_insutype(person.card.scheme));
  out.text("psn_insu_stas", word_of(kStatuses, person.status));
  out.text("insuplc_admdvs", person.card.area);
  out.text("account_state", word_of(kAccountStates, person.account_state));
  out.text("role", found.role);
  out.begin_object("balances");
  out.money_text("current_year", person.current_year);
  out.money_text("carryover", person.carryover);
  out.end_object();
  out.number("seq", static_cast<std::int64_t>(found.last_sequence.number()));
  out.end_object();
  return body;
}

std::string changed_json(const JournalRecord& record) {
  const auto& command = std::get<ChangePersonCommand>(record.command);
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("psn_no", command.person.text());
  out.key("changed");
  out.boolean(record.event<PersonDetailsChanged>() != nullptr);
  write_patch(out, command.patch);
  out.end_object();
  return body;
}

}  // namespace gongji::gateway::rest
