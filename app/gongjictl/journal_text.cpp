#include "app/gongjictl/journal_text.hpp"

#include <algorithm>

#include "app/gongjictl/event_view.hpp"
#include "domain/decide.hpp"
#include "domain/reason.hpp"

namespace gongji::ctl {
namespace {

namespace json = boost::json;

json::array balances_json(const JournalRecord& record) {
  json::array rows;
  for (const BalanceAfter& balance : record.balances)
    rows.push_back(json::object{{"psn_no", balance.person.text()},
                                {"current_year", to_yuan_text(balance.current_year)},
                                {"carryover", to_yuan_text(balance.carryover)}});
  return rows;
}

}  // namespace

std::string outcome_text(const Outcome& outcome) {
  if (const auto* refusal = std::get_if<Refusal>(&outcome))
    return "refused " + std::string{code(refusal->reason)} +
           (refusal->detail.empty() ? "" : " " + refusal->detail) +
           (refusal->limit ? " (" + to_yuan_text(*refusal->limit) + " would have passed)" : "");
  std::string words;
  for (const Event& event : std::get<Events>(outcome))
    words += (words.empty() ? "" : "; ") + event_text(event);
  return words.empty() ? "nothing moved" : words;
}

std::string record_line(const JournalRecord& record) {
  const MessageKey& key = record.origin.key;
  std::string line = std::to_string(record.sequence.number()) + "  " + to_civil_text(record.at);
  line += record.household.is_none() ? "  no household"
                                     : "  household " + std::to_string(record.household.number());
  line += "  " + key.infno;
  if (!key.institution.empty()) line += " " + key.institution.text();
  if (!key.msgid.empty()) line += " " + key.msgid;
  return line + "  " + outcome_text(record.outcome);
}

json::object record_json(const JournalRecord& record) {
  const Origin& origin = record.origin;
  json::object object{{"seq", record.sequence.number()},
                      {"at", to_civil_text(record.at)},
                      {"epoch", record.epoch.number()},
                      {"household", record.household.number()},
                      {"previous", record.previous.number()},
                      {"fixmedins_code", origin.key.institution.text()},
                      {"infno", origin.key.infno},
                      {"msgid", origin.key.msgid},
                      {"channel", origin.channel},
                      {"operator", origin.operator_id},
                      {"acting_person", origin.acting_person},
                      {"input", origin.business_input},
                      {"profile", record.profile.id},
                      {"profile_hash", record.profile.hash}};
  if (const Refusal* refusal = record.refusal()) {
    const std::string_view reason = code(refusal->reason);
    json::object refused{{"code", json::string{reason.data(), reason.size()}},
                         {"detail", refusal->detail}};
    if (refusal->limit) refused["limit"] = to_yuan_text(*refusal->limit);
    object["refused"] = std::move(refused);
  } else {
    json::array events;
    for (const Event& event : std::get<Events>(record.outcome)) events.push_back(event_json(event));
    object["events"] = std::move(events);
  }
  object["balances"] = balances_json(record);
  return object;
}

bool concerns(const JournalRecord& record, const PersonId& person) {
  if (subject_of(record.command) == person || record.origin.acting_person == person.text())
    return true;
  for (const BalanceAfter& balance : record.balances)
    if (balance.person == person) return true;
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) return false;
  return std::any_of(events->begin(), events->end(), [&](const Event& event) {
    const std::vector<PersonId> ids = persons_in(event);
    return std::find(ids.begin(), ids.end(), person) != ids.end();
  });
}

}  // namespace gongji::ctl
