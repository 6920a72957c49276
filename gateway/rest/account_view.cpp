#include "gateway/rest/account_view.hpp"

#include "gateway/json/json_writer.hpp"

namespace gongji::gateway::rest {
namespace {

// After the command; nothing is written when it moved nothing.
void write_balances(json::JsonWriter& out, const JournalRecord& record, const PersonId& person) {
  for (const BalanceAfter& balance : record.balances) {
    if (balance.person != person) continue;
    out.begin_object("balances");
    out.money_text("current_year", balance.current_year);
    out.money_text("carryover", balance.carryover);
    out.end_object();
  }
}

// A credit or a debit.
template <class Moved>
std::string moved_json(const JournalRecord& record) {
  const auto& command = std::get<Moved>(record.command);
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("psn_no", command.person.text());
  out.text("bucket", to_text(command.bucket));
  out.money_text("amount", command.amount);
  out.text("reason", command.reason);
  write_balances(out, record, command.person);
  out.number("seq", static_cast<std::int64_t>(record.sequence.number()));
  out.end_object();
  return body;
}

}  // namespace

std::string credited_json(const JournalRecord& record) { return moved_json<CreditCommand>(record); }
std::string debited_json(const JournalRecord& record) { return moved_json<DebitCommand>(record); }

std::string not_rolled_json(const RollYearCommand& command) {
  JournalRecord nothing;
  nothing.command = command;
  return rolled_json(nothing);
}

std::string rolled_json(const JournalRecord& record) {
  const auto& command = std::get<RollYearCommand>(record.command);
  const auto* rolled = record.event<YearRolled>();
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("psn_no", command.person.text());
  out.number("year", command.year);
  out.text("status", rolled != nullptr ? "rolled" : "nothing_to_do");
  out.money_text("moved", rolled == nullptr ? Fen{} : rolled->moved);
  out.money_text("interest", rolled == nullptr ? Fen{} : rolled->interest);
  write_balances(out, record, command.person);
  out.end_object();
  return body;
}

std::string transferred_json(const JournalRecord& record) {
  const auto& command = std::get<TransferOutCommand>(record.command);
  const auto* moved = record.event<AccountTransferredOut>();
  const Fen current_year = moved == nullptr ? Fen{} : moved->current_year;
  const Fen carryover = moved == nullptr ? Fen{} : moved->carryover;
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("psn_no", command.person.text());
  out.text("reason", command.reason);
  out.text("account_state", "closed");
  out.begin_object("transferred");
  out.money_text("current_year", current_year);
  out.money_text("carryover", carryover);
  out.end_object();
  out.money_text("amount", current_year + carryover);
  out.key("network_disbanded");
  out.boolean(record.event<NetworkDisbanded>() != nullptr);
  out.end_object();
  return body;
}

}  // namespace gongji::gateway::rest
