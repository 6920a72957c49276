#include "gateway/rest/settlement_view.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "gateway/json/json_writer.hpp"
#include "gateway/rest/record_ids.hpp"
#include "gateway/rest/sight.hpp"
#include "gateway/wire/record_ids.hpp"

namespace gongji::gateway::rest {
namespace {

// Who paid how much of the bill; a reversal has amounts below zero.
struct Payers {
  Fen own;
  std::vector<std::pair<PersonId, Fen>> family;  // in the order their accounts were used
  Fen cash;

  [[nodiscard]] Fen family_sum() const {
    Fen sum;
    for (const auto& [owner, amount] : family) sum += amount;
    return sum;
  }
  Fen& family_of(const PersonId& owner) {
    for (auto& [known, amount] : family)
      if (known == owner) return amount;
    return family.emplace_back(owner, Fen{}).second;
  }
  // Own money and money of others are told apart by the link.
  void add(const std::vector<Leg>& legs) {
    for (const Leg& leg : legs) (leg.link.is_none() ? own : family_of(leg.owner)) += leg.amount;
  }
  void take_off(const std::vector<Leg>& legs) {
    for (const Leg& leg : legs) (leg.link.is_none() ? own : family_of(leg.owner)) -= leg.amount;
  }
};

Payers moved_by(const JournalRecord& record) {
  Payers payers;
  if (const auto* settled = record.event<Settled>()) {
    payers.add(settled->own);
    payers.add(settled->family);
    payers.cash += settled->cash;
  }
  if (const auto* reversed = record.event<SettlementReversed>()) {
    payers.take_off(reversed->returned);
    payers.take_off(reversed->suspense);
    payers.cash -= reversed->cash_back;
  }
  if (const auto* again = record.event<SettlementReapplied>()) payers.add(again->taken);
  return payers;
}

Payers payers_of(const Settled& settled) {
  Payers payers;
  payers.add(settled.own);
  payers.add(settled.family);
  payers.cash = settled.cash;
  return payers;
}

void write_payer(json::JsonWriter& out, std::string_view source, const PersonId& person,
                 Fen amount) {
  out.begin_object();
  out.text("source", source);
  out.text("psn_no", person.text());
  out.money_text("amount", amount);
  out.end_object();
}

void write_payers(json::JsonWriter& out, const Payers& payers, const PersonId& patient) {
  out.money_text("own", payers.own);
  out.money_text("family", payers.family_sum());
  out.money_text("cash", payers.cash);
  out.begin_array("payers");
  if (!payers.own.is_zero()) write_payer(out, "own", patient, payers.own);
  for (const auto& [owner, amount] : payers.family) write_payer(out, "family", owner, amount);
  if (!payers.cash.is_zero()) write_payer(out, "cash", patient, payers.cash);
  out.end_array();
}

void write_flag(json::JsonWriter& out, std::string_view name, std::optional<bool> flag) {
  out.key(name);
  flag ? out.boolean(*flag) : out.null();
}

void write_zero_reason(json::JsonWriter& out, Reason reason) {
  if (reason == Reason::kNone) return;
  out.text("zero_reason", code(reason));
  out.text("zero_text", info(reason).text);
  out.text("next_step", to_text(info(reason).next_step));
}

void write_bill(json::JsonWriter& out, const Settled& settled, const SettleCommand& asked) {
  out.text("institution", asked.place.institution.text());
  out.text("area", asked.place.area);
  out.text("med_type", asked.med_type);
  out.money_text("medfee_sumamt", asked.parts.medfee_sum);
  out.money_text("fund_pay_sumamt", asked.parts.fund_pay_sum);
  out.money_text("hosp_part_amt", asked.parts.hospital_part);
  out.money_text("psn_part_amt", asked.parts.person_part());
  out.money_text("cur_acct_pay", settled.current_year_taken);
  out.money_text("bill", settled.bill);
  out.money_text("psn_cash_pay", asked.parts.person_part() - settled.current_year_taken -
                                     sum_of(settled.own) - sum_of(settled.family));
}

void write_head(json::JsonWriter& out, const JournalRecord& record, std::string_view status) {
  out.text("setl_id", settlement_id(record));
  out.text("status", status);
  out.text("psn_no", patient_of(record).text());
  out.text("setl_time", rfc3339(record.at));
}

void write_tail(json::JsonWriter& out, const JournalRecord& record) {
  out.text("profile", record.profile.id);
  out.number("durable_seq", static_cast<std::int64_t>(record.sequence.number()));
}

template <class Write>
std::string object(Write write) {
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  write(out);
  out.end_object();
  return body;
}

void write_settlement(json::JsonWriter& out, const JournalRecord& record, std::string_view status) {
  const Settled& settled = *record.event<Settled>();
  const SettleCommand& asked = *bill_of(record);
  write_head(out, record, status);
  write_bill(out, settled, asked);
  write_payers(out, payers_of(settled), settled.patient);
  write_zero_reason(out, settled.zero_reason);
  write_flag(out, "counts_relief", settled.counts_relief);
  write_flag(out, "counts_deductible", settled.counts_deductible);
  write_tail(out, record);
}

// His own share and nothing of the visit (SH-17).
void write_spending(json::JsonWriter& out, const PersonId& owner, Fen amount) {
  out.text("purpose", "PAY");
  out.begin_array("payers");
  write_payer(out, "family", owner, amount);
  out.end_array();
}

std::string_view status_of(bool reversed) { return reversed ? "reversed" : "settled"; }

// What a line of a list is called.
std::string_view kind_of(const JournalRecord& record) {
  const bool settles = record.event<Settled>() != nullptr;
  const bool reverses = record.event<SettlementReversed>() != nullptr;
  if (settles && reverses) return "partial_refund";
  if (reverses) return "refund";
  return settles ? "payment" : "payment_restored";
}

}  // namespace

const SettleCommand* bill_of(const JournalRecord& record) {
  if (const auto* settle = std::get_if<SettleCommand>(&record.command)) return settle;
  const auto* refund = std::get_if<PartialRefundCommand>(&record.command);
  return refund == nullptr ? nullptr : &refund->smaller;
}

std::string settlement_id(const JournalRecord& record) {
  return wire::make_setl_id(record.sequence, record.at);
}

std::string settlement_json(const JournalRecord& record, bool reversed) {
  return object([&](json::JsonWriter& out) { write_settlement(out, record, status_of(reversed)); });
}

std::string spending_json(const JournalRecord& record, bool reversed, const PersonId& owner) {
  Fen paid;
  for (const Leg& leg : record.event<Settled>()->family)
    if (leg.owner == owner) paid += leg.amount;
  return object([&](json::JsonWriter& out) {
    write_head(out, record, status_of(reversed));
    write_spending(out, owner, paid);
  });
}

std::string reversal_json(const JournalRecord& record, const JournalRecord& original) {
  return object([&](json::JsonWriter& out) {
    write_head(out, record, "reversal");
    out.text("original_setl_id", settlement_id(original));
    write_payers(out, moved_by(record), patient_of(record));
    write_tail(out, record);
  });
}

std::string reversal_spending_json(const JournalRecord& record, const JournalRecord& original,
                                   const PersonId& owner) {
  return object([&](json::JsonWriter& out) {
    write_head(out, record, "reversal");
    out.text("original_setl_id", settlement_id(original));
    write_spending(out, owner, family_money(record, owner));
  });
}

std::string refund_json(const JournalRecord& record, std::string_view original_setl_id) {
  const auto& reversed = *record.event<SettlementReversed>();
  return object([&](json::JsonWriter& out) {
    write_settlement(out, record, status_of(false));
    out.begin_object("refunded");
    out.text("setl_id", original_setl_id);
    out.money_text("returned", sum_of(reversed.returned));
    out.money_text("suspense", sum_of(reversed.suspense));
    out.money_text("cash_back", reversed.cash_back);
    out.end_object();
  });
}

std::optional<std::string> own_payment_json(const JournalRecord& record, const PersonId& patient) {
  if (patient_of(record) != patient) return std::nullopt;
  return object([&](json::JsonWriter& out) {
    out.text("type", kind_of(record));
    out.text("setl_id", settlement_id(record));
    out.text("psn_no", patient.text());
    out.text("setl_time", rfc3339(record.at));
    if (const SettleCommand* asked = bill_of(record)) {
      out.text("institution", asked->place.institution.text());
      out.money_text("medfee_sumamt", asked->parts.medfee_sum);
    }
    write_payers(out, moved_by(record), patient);
    if (const auto* settled = record.event<Settled>()) write_zero_reason(out, settled->zero_reason);
  });
}

std::optional<std::string> network_payment_json(const JournalRecord& record, const PersonId& owner,
                                                const PersonId& only) {
  const PersonId patient = patient_of(record);
  if (patient.empty() || (!only.empty() && patient != only)) return std::nullopt;
  const Payers moved = moved_by(record);
  const auto share = std::find_if(moved.family.begin(), moved.family.end(),
                                  [&](const auto& each) { return each.first == owner; });
  if (share == moved.family.end()) return std::nullopt;
  return object([&](json::JsonWriter& out) {
    out.text("type", kind_of(record));
    out.text("setl_id", settlement_id(record));
    out.text("psn_no", patient.text());
    out.money_text("amount", share->second);
    out.text("setl_time", rfc3339(record.at));
    out.text("purpose", "PAY");
  });
}

}  // namespace gongji::gateway::rest
