#include "gateway/wire/record_view.hpp"

#include "gateway/wire/record_ids.hpp"
#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

namespace {

// What a settlement and its cancel show alike; ids, time, balance and sequence are left to them.
SettlementAnswer answer_of(const JournalRecord& settlement, const ProfileBook& profiles) {
  const SettleCommand& asked = *settlement.settle_command();
  const Settled& settled = *settlement.event<Settled>();
  const bool includes = acct_pay_includes_mulaid(profiles, settlement.profile);
  return {.mdtrt_id = visit_of(settlement),
          .setl_id = {},
          .medins_setl_id = {},
          .patient = asked.patient,
          .card = settled.card,
          .setl_time = settlement.at,
          .mdtrt_cert_type = asked.certificate.type,
          .med_type = asked.med_type,
          .clr_optins = asked.place.area,
          .clr_type = clr_type_of(settlement),
          .figures = figures_of(asked.parts, settled.split(), includes),
          .balance = {},
          .zero_reason = settled.zero_reason,
          .counts_relief = settled.counts_relief,
          .counts_deductible = settled.counts_deductible,
          .profile = settlement.profile.id,
          .durable_seq = {},
          .quote_id = {}};
}

}  // namespace

bool holds_settlement(const JournalRecord& record) {
  return record.settle_command() != nullptr && record.event<Settled>() != nullptr;
}

// A partial refund is no message of the institution's, so it has no medins_setl_id.
SettlementAnswer settlement_answer(const JournalRecord& settlement, const ProfileBook& profiles) {
  SettlementAnswer shown = answer_of(settlement, profiles);
  const bool by_message = std::holds_alternative<SettleCommand>(settlement.command);
  shown.setl_id = make_setl_id(settlement.sequence, settlement.at);
  if (by_message) shown.medins_setl_id = settlement.origin.key.msgid;
  shown.balance = balance_after(settlement, shown.patient);
  shown.durable_seq = settlement.sequence;
  return shown;
}

SettlementAnswer cancel_answer(const JournalRecord& cancel, const JournalRecord& settlement,
                               const ProfileBook& profiles) {
  SettlementAnswer shown = answer_of(settlement, profiles);
  shown.setl_id = make_setl_id(cancel.sequence, cancel.at);
  shown.medins_setl_id = cancel.origin.key.msgid;
  shown.setl_time = cancel.at;
  shown.figures = negated(shown.figures);
  shown.balance = balance_after(cancel, shown.patient);
  shown.durable_seq = cancel.sequence;
  shown.is_cancel = true;
  return shown;
}

// The transaction says it; of a partial refund nobody does, so the kind of care must.
std::string_view clr_type_of(const JournalRecord& settlement) {
  const Transaction* transaction = find_transaction(settlement.origin.key.infno);
  if (transaction != nullptr && !transaction->clr_type.empty()) return transaction->clr_type;
  const SettleCommand& asked = *settlement.settle_command();
  if (asked.place.channel == Channel::kPharmacy) return "41";
  const bool stay = asked.med_type.starts_with('2') || asked.med_type == "52";
  return stay ? "21" : "11";
}

std::string visit_of(const JournalRecord& settlement) {
  const SettleCommand& asked = *settlement.settle_command();
  if (!asked.visit_id.empty()) return asked.visit_id;
  return make_mdtrt_id(settlement.sequence, settlement.at);
}

Fen balance_after(const JournalRecord& record, const PersonId& person) {
  for (const BalanceAfter& balance : record.balances)
    if (balance.person == person) return balance.current_year + balance.carryover;
  return Fen{};
}

std::string_view area_of(const JournalRecord& record, const JournalRecord* original) {
  if (const auto* visit = std::get_if<RecordVisitCommand>(&record.command)) return visit->area;
  if (const SettleCommand* settle = record.settle_command()) return settle->place.area;
  if (original == nullptr) return "";
  const SettleCommand* settle = original->settle_command();
  return settle == nullptr ? std::string_view{} : settle->place.area;
}

}  // namespace gongji::gateway::wire
