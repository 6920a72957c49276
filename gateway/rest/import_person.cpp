#include "gateway/rest/import_person.hpp"

#include <array>
#include <optional>
#include <utility>

#include "gateway/json/canonical_text.hpp"
#include "gateway/json/fields.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::rest {
namespace {

using json::FieldKind;
using json::FieldSpec;
using json::kRequired;

constexpr std::array<FieldSpec, 18> kPerson{{
    {"psn_no", FieldKind::kId, 30, kRequired},
    {"psn_name", FieldKind::kText, 50},
    {"psn_cert_type", FieldKind::kId, 6},
    {"certno", FieldKind::kId, 50},
    {"card_no", FieldKind::kId, 50},
    {"insutype", FieldKind::kId, 6, kRequired},
    {"psn_insu_stas", FieldKind::kId, 2},
    {"insuplc_admdvs", FieldKind::kId, 6, kRequired},
    {"psn_type", FieldKind::kId, 6},
    {"gend", FieldKind::kId, 6},
    {"birth_date", FieldKind::kId, 10},
    {"current_year", FieldKind::kMoney},
    {"carryover", FieldKind::kMoney},
    {"account_state", FieldKind::kId, 10},
    {"duplicate_insurance", FieldKind::kFlag},
    {"main_account", FieldKind::kId, 10},
    {"dup_attempts_exceeded", FieldKind::kFlag},
    {"special_group", FieldKind::kText, 50},
}};

template <class Value, std::size_t N>
using Choices = std::array<std::pair<std::string_view, Value>, N>;

constexpr Choices<InsuredStatus, 4> kStatuses{{{"", InsuredStatus::kNormal},
                                               {"1", InsuredStatus::kNormal},
                                               {"2", InsuredStatus::kSuspended},
                                               {"4", InsuredStatus::kEnded}}};
constexpr Choices<AccountState, 4> kAccountStates{{{"", AccountState::kUsable},
                                                   {"usable", AccountState::kUsable},
                                                   {"frozen", AccountState::kFrozen},
                                                   {"closed", AccountState::kClosed}}};
constexpr Choices<MainAccount, 4> kMainAccounts{{{"", MainAccount::kNone},
                                                 {"none", MainAccount::kNone},
                                                 {"right", MainAccount::kRight},
                                                 {"wrong", MainAccount::kWrong}}};

// Sets `out`, or refuses a word that is none of the choices.
template <class Value, std::size_t N>
std::optional<Refusal> choose(const json::FieldValues& values, std::string_view field,
                              const Choices<Value, N>& choices, Value& out) {
  std::string known;
  for (const auto& [word, value] : choices) {
    if (word == values.text(field)) {
      out = value;
      return std::nullopt;
    }
    if (!known.empty()) known += "、";
    known += word;
  }
  return json::wrong_field("", field, "应为" + known);
}

std::optional<Refusal> read_card(const json::FieldValues& values, PersonCard& card) {
  const auto scheme = scheme_from_insutype(values.text("insutype"));
  if (!scheme) return json::wrong_field("", "insutype", "应为310、390或HELP");
  if (values.has("birth_date") && !parse_date(values.text("birth_date")))
    return json::wrong_field("", "birth_date", "应为日期");
  card.psn_name = values.text("psn_name");
  if (values.has("psn_cert_type")) card.psn_cert_type = values.text("psn_cert_type");
  card.certno = values.text("certno");
  card.card_no = values.text("card_no");
  card.psn_type = values.text("psn_type");
  card.gender = values.text("gend");
  card.birth_date = values.text("birth_date");
  card.scheme = *scheme;
  card.area = values.text("insuplc_admdvs");
  return std::nullopt;
}

// Only employees have an account (SH-07, SH-25).
std::optional<Refusal> read_balances(const json::FieldValues& values, Person& person) {
  person.current_year = values.money_or_zero("current_year");
  person.carryover = values.money_or_zero("carryover");
  if (person.has_account() || person.total().is_zero()) return std::nullopt;
  const bool this_year = !person.current_year.is_zero();
  return json::wrong_field("", this_year ? "current_year" : "carryover",
                           "非职工参保人没有个人账户");
}

std::optional<Refusal> read_states(const json::FieldValues& values, Person& person) {
  if (auto fault = choose(values, "psn_insu_stas", kStatuses, person.status)) return fault;
  if (auto fault = choose(values, "account_state", kAccountStates, person.account_state))
    return fault;
  if (auto fault = choose(values, "main_account", kMainAccounts, person.main_account)) return fault;
  person.duplicate_insurance = values.flag("duplicate_insurance", false);
  person.duplicate_attempts_exceeded = values.flag("dup_attempts_exceeded", false);
  person.special_group = values.text("special_group");
  return std::nullopt;
}

std::vector<KeyHash> aliases_of(const PersonCard& card) {
  std::vector<KeyHash> aliases;
  if (!card.certno.empty()) aliases.push_back(wire::certno_alias(card.certno));
  if (!card.card_no.empty()) aliases.push_back(wire::card_alias(card.card_no));
  return aliases;
}

}  // namespace

Result<ImportedPerson, Refusal> read_imported_person(const json::JsonNode& line) {
  json::FieldValues values{kPerson};
  if (auto fault = json::read_fields(line, "", values)) return *std::move(fault);
  ImportedPerson imported;
  imported.person.id = PersonId{values.text("psn_no")};
  if (auto fault = read_card(values, imported.person.card)) return *std::move(fault);
  if (auto fault = read_states(values, imported.person)) return *std::move(fault);
  if (auto fault = read_balances(values, imported.person)) return *std::move(fault);
  imported.aliases = aliases_of(imported.person.card);
  json::append_section(imported.canonical, "person", values);
  return imported;
}

}  // namespace gongji::gateway::rest
