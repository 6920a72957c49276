#include "gateway/wire/record_view.hpp"

#include "gateway/wire/record_ids.hpp"
#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

bool holds_settlement(const JournalRecord& record) {
  return std::holds_alternative<SettleCommand>(record.command) &&
         record.event<Settled>() != nullptr && find_transaction(record.origin.key.infno) != nullptr;
}

SettlementAnswer settlement_of(const JournalRecord& settlement, const ProfileBook& profiles) {
  const auto& asked = std::get<SettleCommand>(settlement.command);
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
          .clr_type = find_transaction(settlement.origin.key.infno)->clr_type,
          .figures = figures_of(asked.parts, settled.split(), includes),
          .balance = {},
          .zero_reason = settled.zero_reason,
          .counts_relief = settled.counts_relief,
          .counts_deductible = settled.counts_deductible,
          .profile = settlement.profile.id,
          .durable_seq = {},
          .quote_id = {}};
}

std::string visit_of(const JournalRecord& settlement) {
  const auto& asked = std::get<SettleCommand>(settlement.command);
  if (!asked.visit_id.empty()) return asked.visit_id;
  return make_mdtrt_id(settlement.sequence, settlement.at);
}

Fen balance_after(const JournalRecord& record, const PersonId& person) {
  for (const BalanceAfter& balance : record.balances)
    if (balance.person == person) return balance.current_year + balance.carryover;
  return Fen{};
}

std::string_view area_of(const JournalRecord& record, const JournalRecord* original) {
  if (const auto* settle = std::get_if<SettleCommand>(&record.command)) return settle->place.area;
  if (original == nullptr) return "";
  if (const auto* settle = std::get_if<SettleCommand>(&original->command))
    return settle->place.area;
  return "";
}

}  // namespace gongji::gateway::wire
