#include "app/gongjictl/audit_reversals.hpp"

#include <algorithm>
#include <tuple>

namespace gongji::ctl {
namespace {

std::vector<Leg> legs_of(const Settled& settled) {
  std::vector<Leg> legs = settled.own;
  legs.insert(legs.end(), settled.family.begin(), settled.family.end());
  if (!settled.current_year_taken.is_zero())
    legs.push_back({settled.patient, Bucket::kCurrentYear, settled.current_year_taken, {}});
  return legs;
}

std::vector<Leg> sorted(std::vector<Leg> legs) {
  std::sort(legs.begin(), legs.end(), [](const Leg& left, const Leg& right) {
    return std::tie(left.owner, left.bucket, left.link, left.amount) <
           std::tie(right.owner, right.bucket, right.link, right.amount);
  });
  return legs;
}

std::string name(Sequence sequence) { return "record " + std::to_string(sequence.number()); }

}  // namespace

void ReversalCheck::check(const JournalRecord& record, ProblemList& problems) {
  if (const std::string what = objection(record); !what.empty())
    problems.add(name(record.sequence) + " " + what);
}

std::string ReversalCheck::objection(const JournalRecord& record) {
  if (const auto* event = record.event<SettlementReversed>()) {
    if (!reversed_.insert(event->original).second)
      return "reverses " + name(event->original) + ", which is reversed already";
    return check_legs(record, event->original, event->returned);
  }
  if (const auto* event = record.event<SettlementReapplied>()) {
    if (reversed_.erase(event->original) == 0)
      return "applies " + name(event->original) + " again, which stands already";
    return check_legs(record, event->original, event->taken);
  }
  return {};
}

std::string ReversalCheck::check_legs(const JournalRecord& record, Sequence original,
                                      const std::vector<Leg>& moved) const {
  if (original.is_none() || original >= record.sequence)
    return "speaks of " + name(original) + ", which is not before it";
  const auto found = journal_.read(original);
  if (!found)
    return "speaks of " + name(original) + ", which cannot be read: " + found.error().message;
  const Settled* settled = (*found)->event<Settled>();
  if (settled == nullptr) return "speaks of " + name(original) + ", which settled nothing";
  if (sorted(legs_of(*settled)) != sorted(moved))
    return "does not move exactly what " + name(original) + " took";
  return {};
}

}  // namespace gongji::ctl
