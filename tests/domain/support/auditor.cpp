#include "tests/domain/support/auditor.hpp"

#include <algorithm>

namespace gongji::test {
namespace {

Fen holdings(const Household& household) {
  Fen sum;
  for (const Person& person : household.persons) sum += person.current_year + person.carryover;
  return sum;
}

Fen amount_of(const std::vector<Leg>& legs) {
  Fen sum;
  for (const Leg& leg : legs) sum += leg.amount;
  return sum;
}

std::vector<Leg> everything_taken(const Settled& event) {
  std::vector<Leg> legs = event.own;
  legs.insert(legs.end(), event.family.begin(), event.family.end());
  for (const YearMoney& part : event.taken_by_year)
    legs.push_back({event.patient, Bucket::kCurrentYear, part.amount, LinkId{}, part.year});
  return legs;
}

// What one event adds to the buckets of its household.
struct Inflow {
  Fen operator()(const Settled& e) const { return -amount_of(everything_taken(e)); }
  Fen operator()(const SettlementReversed& e) const { return amount_of(e.returned); }
  Fen operator()(const SettlementReapplied& e) const { return -amount_of(e.taken); }
  Fen operator()(const PersonEnrolled& e) const {
    return e.person.current_year + e.person.carryover;
  }
  Fen operator()(const HouseholdDeparted& e) const { return -holdings(e.contents); }
  Fen operator()(const ContentsArrived& e) const { return holdings(e.contents); }
  Fen operator()(const PersonDetailsChanged&) const { return {}; }
  Fen operator()(const NetworkFormed&) const { return {}; }
  Fen operator()(const ModesConfirmed&) const { return {}; }
  Fen operator()(const MemberBound&) const { return {}; }
  Fen operator()(const MemberUnbound&) const { return {}; }
  Fen operator()(const NetworkDisbanded&) const { return {}; }
  Fen operator()(const RelationCorrected&) const { return {}; }
  Fen operator()(const AccountCredited& e) const { return e.amount; }
  Fen operator()(const AccountDebited& e) const { return -e.amount; }
  Fen operator()(const YearRolled& e) const { return e.interest; }
  Fen operator()(const AccountTransferredOut& e) const { return -(e.current_year + e.carryover); }
  Fen operator()(const ContributionOrdered& e) const { return -amount_of(e.order.legs); }
  Fen operator()(const ContributionAnswered&) const { return {}; }
  Fen operator()(const ContributionInsured&) const { return {}; }
  Fen operator()(const ContributionReversed& e) const { return amount_of(e.returned); }
  Fen operator()(const ReviewMarked&) const { return {}; }
};

struct Membership {
  PersonId organiser;
  DateWindow window;
};

std::vector<Membership> memberships(const Household& household, const PersonId& person) {
  std::vector<Membership> found;
  for (const Network& network : household.networks)
    for (const Link& link : network.links)
      if (link.member == person) found.push_back({network.organiser, link.window});
  return found;
}

const Network* organised_by(const Household& household, const PersonId& person) {
  for (const Network& network : household.networks)
    if (network.organiser == person) return &network;
  return nullptr;
}

bool has_part_in(const Network& network, const PersonId& person) {
  return network.organiser == person ||
         std::any_of(network.links.begin(), network.links.end(),
                     [&](const Link& link) { return link.member == person; });
}

bool roles_collide(const Household& household, const PersonId& person, const Profile& profile) {
  const auto found = memberships(household, person);
  const Network* own = organised_by(household, person);
  if (profile.role_is_network_wide) return found.size() + (own != nullptr ? 1 : 0) > 1;
  for (std::size_t i = 0; i < found.size(); ++i)
    for (std::size_t j = i + 1; j < found.size(); ++j)
      if (found[i].window.overlaps(found[j].window) &&
          (profile.authorisers_per_member || found[i].organiser == found[j].organiser))
        return true;
  if (own == nullptr || !profile.roles_exclusive) return false;
  for (const Membership& membership : found)
    for (const Link& link : own->links)
      if (link.window.overlaps(membership.window)) return true;
  return false;
}

}  // namespace

void Auditor::see(const Household& before, const JournalRecord& record, const Household& after) {
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) {
    if (after != before) complain(Law::kRefusedIsNothing, record, "a refusal changed the state");
    return;
  }
  Fen inflow;
  for (const Event& event : *events) {
    inflow += std::visit(Inflow{}, event);
    see_event(event, record, before, after);
  }
  if (holdings(after) != holdings(before) + inflow)
    complain(Law::kMoneyStays, record,
             "the buckets hold " + to_yuan_text(holdings(after)) + " instead of " +
                 to_yuan_text(holdings(before) + inflow));
  check_quotas(record, after);
  check_roles(record, after);
}

void Auditor::see_event(const Event& event, const JournalRecord& record, const Household& before,
                        const Household& after) {
  if (const auto* e = std::get_if<Settled>(&event)) settled(*e, record, after);
  if (const auto* e = std::get_if<SettlementReversed>(&event)) reversed(*e, record, before);
  if (const auto* e = std::get_if<SettlementReapplied>(&event)) reapplied(*e, record);
  if (const auto* e = std::get_if<ContributionOrdered>(&event)) ordered(*e, record, after);
  if (const auto* e = std::get_if<ContributionReversed>(&event)) refunded(*e, record, before);
  if (const auto* e = std::get_if<MemberBound>(&event)) bound(*e);
  if (const auto* e = std::get_if<YearRolled>(&event))
    rolled_years_[e->person] = std::max(rolled_years_[e->person], e->year);
}

void Auditor::settled(const Settled& event, const JournalRecord& record, const Household& after) {
  const Fen paid = amount_of(event.own) + amount_of(event.family) + event.cash;
  if (paid != event.bill)
    complain(Law::kBillDivides, record, to_yuan_text(paid) + " pay " + to_yuan_text(event.bill));
  for (const Leg& leg : everything_taken(event))
    if (!leg.amount.is_positive()) complain(Law::kBillDivides, record, "an empty or negative leg");
  if (event.cash.is_negative()) complain(Law::kBillDivides, record, "negative cash");
  settlements_[record.sequence] = {everything_taken(event), false};
  draw(event.family, false);
  check_floor(event.family, record, after);
}

void Auditor::reversed(const SettlementReversed& event, const JournalRecord& record,
                       const Household& before) {
  const auto found = settlements_.find(event.original);
  if (found == settlements_.end() || found->second.reversed)
    return complain(Law::kExactReturn, record, "nothing stands that could be reversed");
  const auto difference = differs(found->second.legs, event.returned, event.suspense, before);
  if (!difference.empty()) complain(Law::kExactReturn, record, difference);
  found->second.reversed = true;
  draw(event.returned, true);
  draw(event.suspense, true);
}

std::string Auditor::differs(const std::vector<Leg>& taken, const std::vector<Leg>& returned,
                             const std::vector<Leg>& suspense, const Household& before) const {
  auto next_returned = returned.begin();
  auto next_suspended = suspense.begin();
  for (Leg leg : taken) {
    const auto rolled = rolled_years_.find(leg.owner);
    if (leg.bucket == Bucket::kCurrentYear && rolled != rolled_years_.end() &&
        rolled->second >= leg.year)
      leg = {leg.owner, Bucket::kCarryover, leg.amount, leg.link};
    const bool closed = before.find(leg.owner)->account_state == AccountState::kClosed;
    auto& next = closed ? next_suspended : next_returned;
    if (next == (closed ? suspense.end() : returned.end()) || *next != leg)
      return "other legs come back than were taken";
    ++next;
  }
  const bool all_seen = next_returned == returned.end() && next_suspended == suspense.end();
  return all_seen ? "" : "more comes back than was taken";
}

void Auditor::ordered(const ContributionOrdered& event, const JournalRecord& record,
                      const Household& after) {
  const Contribution& order = event.order;
  const bool paid = order.status == ContributionStatus::kPaid;
  if (amount_of(order.legs) != (paid ? order.amount : Fen{}))
    complain(Law::kWholeOrNothing, record, to_yuan_text(amount_of(order.legs)) + " was taken");
  for (const Leg& leg : order.legs)
    if (leg.owner != order.payer || !leg.amount.is_positive())
      complain(Law::kWholeOrNothing, record, "a leg that is not the payer's");
  paid_orders_[order.id] = order.legs;
  draw(order.legs, false);
  if (!order.own_purchase) check_floor(order.legs, record, after);
}

void Auditor::refunded(const ContributionReversed& event, const JournalRecord& record,
                       const Household& before) {
  const auto found = paid_orders_.find(event.order);
  if (found == paid_orders_.end())
    return complain(Law::kExactReturn, record, "no order was paid that could be reversed");
  const auto difference = differs(found->second, event.returned, event.suspense, before);
  if (!difference.empty()) complain(Law::kExactReturn, record, difference);
  draw(found->second, true);
  paid_orders_.erase(found);
}

void Auditor::reapplied(const SettlementReapplied& event, const JournalRecord& record) {
  const auto found = settlements_.find(event.original);
  if (found == settlements_.end() || !found->second.reversed)
    return complain(Law::kExactReturn, record, "what stands cannot be applied again");
  if (found->second.legs != event.taken)
    complain(Law::kExactReturn, record, "other legs are taken again than came back");
  found->second.reversed = false;
  draw(event.taken, false);
}

void Auditor::bound(const MemberBound& event) {
  if (event.link.quota) quotas_[event.link.id] = {*event.link.quota, Fen{}};
}

void Auditor::draw(const std::vector<Leg>& legs, bool back) {
  for (const Leg& leg : legs) {
    const auto found = quotas_.find(leg.link);
    if (found != quotas_.end()) found->second.drawn += back ? -leg.amount : leg.amount;
  }
}

void Auditor::check_floor(const std::vector<Leg>& family, const JournalRecord& record,
                          const Household& after) {
  for (const Leg& leg : family) {
    const Person* owner = after.find(leg.owner);
    const Network* network = organised_by(after, leg.owner);
    if (owner == nullptr || network == nullptr) continue;
    const CivilDate today = civil_date(record.at);
    const Profile& profile = profiles_.of_family(network->family, today);
    Fen left;
    for (const Bucket bucket : profile.fund_buckets) left += owner->balance(bucket);
    if (left < profile.floor_in(today))
      complain(Law::kFloorHolds, record, leg.owner.text() + " is left " + to_yuan_text(left));
  }
}

void Auditor::check_quotas(const JournalRecord& record, const Household& after) {
  for (const Network& network : after.networks) {
    const Profile& profile = profiles_.of_family(network.family, civil_date(record.at));
    if (profile.quota_kind != QuotaKind::kCumulative) continue;
    for (const Link& link : network.links) {
      const auto found = quotas_.find(link.id);
      if (found == quotas_.end()) continue;
      const Fen left = found->second.authorised - found->second.drawn;
      if (left.is_negative() || link.quota_left != left)
        complain(Law::kQuotaHolds, record,
                 "quota left " + to_yuan_text(link.quota_left) + ", by the payments " +
                     to_yuan_text(left));
    }
  }
}

void Auditor::check_roles(const JournalRecord& record, const Household& after) {
  for (const Network& network : after.networks) {
    const Profile& profile = profiles_.of_family(network.family, civil_date(record.at));
    for (const Person& person : after.persons)
      if (has_part_in(network, person.id) && roles_collide(after, person.id, profile))
        complain(Law::kOneRole, record, person.id.text() + " has two roles at once");
  }
}

void Auditor::complain(Law law, const JournalRecord& record, std::string text) {
  complaints_.push_back(
      {law, "record " + std::to_string(record.sequence.number()) + ": " + std::move(text)});
}

std::string Auditor::about(Law law) const {
  for (const Complaint& complaint : complaints_)
    if (complaint.law == law) return complaint.text;
  return {};
}

}  // namespace gongji::test
