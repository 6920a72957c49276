#include "tests/domain/rules/model/product.hpp"

#include <algorithm>

namespace gongji::model {
namespace {

// Two pieces of one bucket are one to a clerk.
std::string text_of(const std::vector<Leg>& legs) {
  std::vector<Leg> merged;
  for (const Leg& leg : legs) {
    const bool same = !merged.empty() && merged.back().owner == leg.owner &&
                      merged.back().year == leg.year && merged.back().bucket == leg.bucket;
    if (same)
      merged.back().amount += leg.amount;
    else
      merged.push_back(leg);
  }
  std::string text;
  for (const Leg& leg : merged)
    text += " " + leg.owner.text() + "/" + std::to_string(leg.year) + ":" +
            yuan_text(leg.amount.count());
  return text;
}

std::string flag(const char* name, const std::optional<bool>& value) {
  if (!value) return "";
  return std::string{" "} + name + (*value ? "=yes" : "=no");
}

std::string text_of(const Settled& settled) {
  std::vector<Leg> taken;
  for (const YearMoney& part : settled.taken_by_year)
    taken.push_back({settled.patient, Bucket::kCurrentYear, part.amount, LinkId{}, part.year});
  return "own" + text_of(settled.own) + " family" + text_of(settled.family) + " taken" +
         text_of(taken) + " cash " + yuan_text(settled.cash.count()) + " " +
         std::string{code(settled.zero_reason)} + flag("relief", settled.counts_relief) +
         flag("deductible", settled.counts_deductible);
}

std::string back(const std::vector<Leg>& returned, const std::vector<Leg>& suspense) {
  return "back " + yuan_text(sum_of(returned).count()) + " suspense " +
         yuan_text(sum_of(suspense).count());
}

std::string text_of(const Contribution& order) {
  return (order.status == ContributionStatus::kPaid ? "paid " : "pending ") +
         yuan_text(order.amount.count()) + " by " + order.payer.text() +
         (order.own_purchase ? " own=yes" : " own=no") +
         (order.awaits_insurer ? " insurer=asked" : "");
}

std::string text_of(const Refusal& refusal) {
  if (!refusal.new_split) return std::string{code(refusal.reason)};
  const Split& split = *refusal.new_split;
  return "stale " + yuan_text(split.own.count()) + " " + yuan_text(split.family.count()) + " " +
         yuan_text(split.cash.count());
}

std::string differs(const Human& human, const Person& person, const std::string& name) {
  const auto tell = [&](const std::string& what, Amount model, Amount product) {
    return name + " has " + what + " " + yuan_text(product) + ", by the model " + yuan_text(model);
  };
  if (human.carryover != person.carryover.count())
    return tell("carry-over", human.carryover, person.carryover.count());
  if (human.current_year() != person.current_year.count())
    return tell("current-year", human.current_year(), person.current_year.count());
  for (const auto& [year, amount] : human.current)
    if (year > human.rolled && amount != person.current_year_of(year).count())
      return tell("money of " + std::to_string(year), amount, person.current_year_of(year).count());
  return {};
}

std::string link_text(const std::string& organiser, const std::string& member, Amount quota_left) {
  return organiser + ">" + member + ":" + std::to_string(quota_left);
}

}  // namespace

std::string outcome_of(const JournalRecord& record) {
  if (const Refusal* refusal = record.refusal()) return text_of(*refusal);
  if (const auto* settled = record.event<Settled>()) return text_of(*settled);
  if (const auto* reversed = record.event<SettlementReversed>())
    return back(reversed->returned, reversed->suspense) + " cash " +
           yuan_text(reversed->cash_back.count());
  if (const auto* ordered = record.event<ContributionOrdered>()) return text_of(ordered->order);
  if (const auto* reversed = record.event<ContributionReversed>())
    return back(reversed->returned, reversed->suspense);
  if (const auto* left = record.event<AccountTransferredOut>())
    return "left " + yuan_text((left->current_year + left->carryover).count());
  return std::get<Events>(record.outcome).empty() ? "nothing" : "ok";
}

Product::Product(const Cast& cast, const ProfileBook& profiles) : books_(profiles) {
  for (std::size_t i = 0; i < cast.size(); ++i)
    books_.run(EnrolCommand{person_of(cast[i], static_cast<int>(i))}, moment_of(0, 0));
}

std::string Product::run(const Operation& op) {
  const Instant at = moment_of(op.day, ++tick_);
  // Who orders and for whom must be known in one household, as the directory sees to it.
  if (op.kind == Kind::kContribute && op.other >= 0)
    books_.unite(person_named(op.other), person_named(op.who), at);
  const JournalRecord& record = books_.run(command_of(op, settlements_, orders_), at);
  if (record.applied()) remember(op, record);
  return outcome_of(record);
}

void Product::remember(const Operation& op, const JournalRecord& record) {
  if (op.target >= 0 && record.event<SettlementReversed>() != nullptr)
    settlements_.at(static_cast<std::size_t>(op.target)).cancelled = record.sequence;
  if (record.event<Settled>() != nullptr)
    settlements_.push_back({record.sequence, Sequence{}, person_named(op.who)});
  if (const auto* ordered = record.event<ContributionOrdered>())
    orders_.push_back({record.sequence, ordered->order.payer});
}

std::string Product::differs_from(const LedgerModel& model, const std::vector<int>& whom) const {
  std::vector<std::string> expected;
  std::vector<std::string> found;
  for (const int number : whom) {
    const PersonId id = person_named(number);
    const Household& home = books_.home_of(id);
    const std::string difference =
        differs(model.humans()[static_cast<std::size_t>(number)], *home.find(id), id.text());
    if (!difference.empty()) return difference;
    Fen waiting;
    for (const SuspenseEntry& entry : home.suspense)
      if (entry.owner == id) waiting += entry.amount;
    if (waiting.count() != model.suspense_of(number)) return id.text() + ": suspense differs";
    if (const gongji::Network* network = home.network_of(id))
      for (const gongji::Link& link : network->links)
        found.push_back(link_text(id.text(), link.member.text(), link.quota_left.count()));
    for (const Link& link : model.links())
      if (link.organiser == number)
        expected.push_back(
            link_text(id.text(), person_named(link.said.member).text(), link.quota_left));
  }
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  return expected == found ? "" : "the links differ";
}

}  // namespace gongji::model
