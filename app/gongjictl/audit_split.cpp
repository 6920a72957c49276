#include "app/gongjictl/audit_split.hpp"

#include <algorithm>

#include "app/gongjictl/audit_names.hpp"

namespace gongji::ctl {
namespace {

// Nothing to object, or the sentence.
std::string objection(const Settled& settled) {
  const Split split = settled.split();
  if (split.sum() != settled.bill)
    return "own " + to_yuan_text(split.own) + " + family " + to_yuan_text(split.family) +
           " + cash " + to_yuan_text(split.cash) + " is not the bill " + to_yuan_text(settled.bill);
  if (split.cash.is_negative() || settled.current_year_taken.is_negative())
    return "a part of the bill is negative";
  const auto not_positive = [](const Leg& leg) { return !leg.amount.is_positive(); };
  if (std::any_of(settled.own.begin(), settled.own.end(), not_positive) ||
      std::any_of(settled.family.begin(), settled.family.end(), not_positive))
    return "a leg moves nothing or less than nothing";
  Fen dated;
  for (const YearMoney& part : settled.taken_by_year) dated += part.amount;
  if (dated != settled.current_year_taken)
    return "current-year money of " + to_yuan_text(settled.current_year_taken) +
           " was taken, its years say " + to_yuan_text(dated);
  for (const Leg& leg : settled.own)
    if (leg.owner != settled.patient) return "own money of another person";
  for (const Leg& leg : settled.family)
    if (leg.owner == settled.patient || leg.link.is_none()) return "family money without a family";
  return {};
}

}  // namespace

void check_split(const JournalRecord& record, ProblemList& problems) {
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) return;
  for (const Event& event : *events)
    if (const auto* settled = std::get_if<Settled>(&event))
      if (const std::string what = objection(*settled); !what.empty())
        problems.add(name(record) + ": " + what);
}

}  // namespace gongji::ctl
