#include "app/gongjictl/audit_reversals.hpp"

#include "app/gongjictl/audit_legs.hpp"
#include "app/gongjictl/audit_names.hpp"

namespace gongji::ctl {
namespace {

std::vector<Leg> legs_of(const Settled& settled) {
  std::vector<Leg> legs = settled.own;
  legs.insert(legs.end(), settled.family.begin(), settled.family.end());
  for (const YearMoney& part : settled.taken_by_year)
    legs.push_back({settled.patient, Bucket::kCurrentYear, part.amount, {}, part.year});
  return legs;
}

// GX-07: what is settled in the record of a reversal takes the place of what was reversed.
std::string wrong_replacement(const Settled& before, const Settled& after) {
  if (after.patient != before.patient)
    return "settles anew for " + after.patient.text() + ", not for " + before.patient.text();
  if (after.bill > before.bill) return "settles a larger bill anew than the one it reverses";
  return {};
}

}  // namespace

void ReversalCheck::check(const JournalRecord& record, const AccountCheck& accounts,
                          ProblemList& problems) {
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) return;
  for (const Event& event : *events) {
    std::string what;
    if (const auto* reversed = std::get_if<SettlementReversed>(&event))
      what = objection(record, *reversed, accounts);
    if (const auto* reapplied = std::get_if<SettlementReapplied>(&event))
      what = objection(record, *reapplied);
    if (!what.empty()) problems.add(name(record) + " " + what);
  }
}

std::string ReversalCheck::objection(const JournalRecord& record,
                                     const SettlementReversed& reversed,
                                     const AccountCheck& accounts) {
  if (!reversed_.insert(reversed.original).second)
    return "reverses " + name(reversed.original) + ", which is reversed already";
  const auto settled = settlement(record, reversed.original);
  if (!settled) return settled.error();
  const std::string wrong =
      wrong_return(legs_of(*settled), reversed.returned, reversed.suspense, accounts);
  if (!wrong.empty()) return wrong + " by " + name(reversed.original);
  if (reversed.cash_back != settled->cash)
    return "gives back another amount of cash than " + name(reversed.original) + " took";
  const Settled* anew = record.event<Settled>();
  return anew == nullptr ? std::string{} : wrong_replacement(*settled, *anew);
}

std::string ReversalCheck::objection(const JournalRecord& record,
                                     const SettlementReapplied& reapplied) {
  if (reversed_.erase(reapplied.original) == 0)
    return "applies " + name(reapplied.original) + " again, which stands already";
  const auto settled = settlement(record, reapplied.original);
  if (!settled) return settled.error();
  return same_legs(legs_of(*settled), reapplied.taken)
             ? std::string{}
             : "does not take exactly what " + name(reapplied.original) + " took";
}

Result<Settled, std::string> ReversalCheck::settlement(const JournalRecord& record,
                                                       Sequence original) const {
  if (original.is_none() || original >= record.sequence)
    return "speaks of " + name(original) + ", which is not before it";
  const auto found = journal_.read(original);
  if (!found)
    return "speaks of " + name(original) + ", which cannot be read: " + found.error().message;
  const Settled* settled = (*found)->event<Settled>();
  if (settled == nullptr) return "speaks of " + name(original) + ", which settled nothing";
  return *settled;
}

}  // namespace gongji::ctl
