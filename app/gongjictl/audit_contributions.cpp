#include "app/gongjictl/audit_contributions.hpp"

#include "app/gongjictl/audit_legs.hpp"
#include "app/gongjictl/audit_names.hpp"
#include "app/gongjictl/event_view.hpp"

namespace gongji::ctl {
namespace {

std::string subject(const Contribution& order) {
  return purpose_text(order) + " of " + order.person.text();
}
std::string name(OrderId order) { return "order " + std::to_string(order.number()); }

std::string wrong_payment(const Contribution& order) {
  Fen sum;
  for (const Leg& leg : order.legs) {
    sum += leg.amount;
    if (!leg.amount.is_positive()) return "a leg moves nothing or less than nothing";
    if (leg.owner != order.payer) return "money of another person than its payer";
    if (leg.link.is_none() != order.own_purchase) return "family money without a family";
  }
  if (sum != order.amount)
    return to_yuan_text(sum) + " were taken for a price of " + to_yuan_text(order.amount);
  return {};
}

}  // namespace

void ContributionCheck::check(const JournalRecord& record, const AccountCheck& accounts,
                              ProblemList& problems) {
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) return;
  for (const Event& event : *events) {
    std::string what;
    if (const auto* order = std::get_if<ContributionOrdered>(&event))
      what = ordered(record, order->order);
    if (const auto* tax = std::get_if<ContributionAnswered>(&event)) what = answered(*tax);
    if (const auto* insurer = std::get_if<ContributionInsured>(&event)) what = insured(*insurer);
    if (const auto* back = std::get_if<ContributionReversed>(&event))
      what = reversed(*back, accounts);
    if (!what.empty()) problems.add(ctl::name(record) + ": " + what);
  }
}

std::string ContributionCheck::ordered(const JournalRecord& record, const Contribution& order) {
  if (!orders_.emplace(order.id, order).second) return name(order.id) + " is there twice";
  if (order.status == ContributionStatus::kPending)
    return order.legs.empty() ? std::string{} : "a pending order moves money";
  if (order.status != ContributionStatus::kPaid)
    return "a new order is " + std::string{to_text(order.status)};
  const auto [other, fresh] = standing_.emplace(subject(order), record.sequence);
  if (!fresh) return "pays " + subject(order) + " again, " + ctl::name(other->second) + " paid it";
  return wrong_payment(order);
}

std::string ContributionCheck::answered(const ContributionAnswered& event) {
  const auto order = orders_.find(event.order);
  if (order == orders_.end() || order->second.status != ContributionStatus::kPending)
    return "the tax side answers " + name(event.order) + ", which does not wait for it";
  order->second.status =
      event.accepted ? ContributionStatus::kConfirmed : ContributionStatus::kRefused;
  return {};
}

std::string ContributionCheck::insured(const ContributionInsured& event) {
  const auto order = orders_.find(event.order);
  if (order == orders_.end() || !order->second.awaits_insurer)
    return "the insurer answers " + name(event.order) + ", which does not wait for it";
  order->second.awaits_insurer = false;
  return {};
}

std::string ContributionCheck::reversed(const ContributionReversed& event,
                                        const AccountCheck& accounts) {
  const auto found = orders_.find(event.order);
  if (found == orders_.end() || found->second.status != ContributionStatus::kPaid)
    return "gives back " + name(event.order) + ", which is not paid or was given back before";
  Contribution& order = found->second;
  order.status = ContributionStatus::kReversed;
  order.awaits_insurer = false;
  standing_.erase(subject(order));
  const std::string wrong = wrong_return(order.legs, event.returned, event.suspense, accounts);
  return wrong.empty() ? wrong : wrong + " for " + name(event.order);
}

}  // namespace gongji::ctl
