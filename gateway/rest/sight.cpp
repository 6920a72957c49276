#include "gateway/rest/sight.hpp"

namespace gongji::gateway::rest {
namespace {

Fen of_owner(const std::vector<Leg>& legs, const PersonId& owner) {
  Fen sum;
  for (const Leg& leg : legs)
    if (leg.owner == owner && !leg.link.is_none()) sum += leg.amount;
  return sum;
}

}  // namespace

Fen family_money(const JournalRecord& record, const PersonId& owner) {
  Fen sum;
  if (const auto* settled = record.event<Settled>()) sum += of_owner(settled->family, owner);
  if (const auto* again = record.event<SettlementReapplied>()) sum += of_owner(again->taken, owner);
  if (const auto* reversed = record.event<SettlementReversed>())
    sum -= of_owner(reversed->returned, owner) + of_owner(reversed->suspense, owner);
  return sum;
}

PersonId patient_of(const JournalRecord& record) {
  if (const auto* settled = record.event<Settled>()) return settled->patient;
  if (const auto* reversed = record.event<SettlementReversed>()) return reversed->patient;
  if (const auto* again = record.event<SettlementReapplied>()) return again->patient;
  return {};
}

Sight sight_of_settlement(const Call& call, const JournalRecord& record) {
  if (!call.by_app()) return Sight::kWhole;
  const PersonId acting{call.acting_person};
  if (patient_of(record) == acting) return Sight::kWhole;
  const auto paid = [&](const std::vector<Leg>& legs) {
    return of_owner(legs, acting).is_positive();
  };
  const auto* settled = record.event<Settled>();
  const auto* reversed = record.event<SettlementReversed>();
  const bool owner =
      (settled != nullptr && paid(settled->family)) ||
      (reversed != nullptr && (paid(reversed->returned) || paid(reversed->suspense)));
  return owner ? Sight::kSpending : Sight::kNothing;
}

bool may_see(const Call& call, const Contribution& order) {
  return !call.by_app() || order.payer.text() == call.acting_person ||
         order.person.text() == call.acting_person;
}

bool may_see_payer(const Call& call, const Contribution& order) {
  return !call.by_app() || order.payer.text() == call.acting_person || !order.own_purchase;
}

}  // namespace gongji::gateway::rest
