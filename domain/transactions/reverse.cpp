#include "domain/transactions/reverse.hpp"

#include "domain/evolve.hpp"
#include "domain/transactions/family_funds.hpp"
#include "domain/transactions/settle.hpp"

namespace gongji {
namespace {

const Settled* settlement_of(const Context& context, const PersonId& patient, Sequence original) {
  if (context.original == nullptr || context.original->sequence != original) return nullptr;
  const Settled* settled = context.original->event<Settled>();
  return settled != nullptr && settled->patient == patient ? settled : nullptr;
}

// Own, family and current-year money, each as a leg of its owner.
std::vector<Leg> all_legs(const Settled& settled) {
  std::vector<Leg> legs = settled.own;
  legs.insert(legs.end(), settled.family.begin(), settled.family.end());
  for (const YearMoney& part : settled.taken_by_year)
    legs.push_back({settled.patient, Bucket::kCurrentYear, part.amount, LinkId{}, part.year});
  return legs;
}

const Link* link_of(const Household& household, const Leg& leg) {
  for (const Network& network : household.networks)
    for (const Link& link : network.links)
      if (link.id == leg.link) return &link;
  return nullptr;
}

// In the very bucket it came from: money rolled since is in another one.
Fen held(const Person& owner, const Leg& leg) {
  if (leg.bucket == Bucket::kCarryover) return owner.carryover;
  return owner.rolled_year >= leg.year ? Fen{} : owner.current_year_of(leg.year);
}

Reason out_of_money(const Profile& profile, CivilDate day) {
  return profile.floor_in(day).is_zero() ? Reason::kFundEmpty : Reason::kFloor;
}

// Own money needs the bucket; family money needs the same link, the bucket above the floor and the
// quota.
Reason payable_again(const Household& household, const Leg& leg, const Context& context) {
  const Person* owner = household.find(leg.owner);
  const Link* link = link_of(household, leg);
  const Network* network = household.network_of(leg.owner);
  const bool bound = leg.link.is_none() || (link != nullptr && network != nullptr);
  if (owner == nullptr || !bound) return Reason::kNoNetwork;
  if (owner->account_state != AccountState::kUsable) return Reason::kAccountUnusable;
  const bool covered = held(*owner, leg) >= leg.amount;
  if (leg.link.is_none()) return covered ? Reason::kNone : Reason::kFundEmpty;
  const CivilDate day = civil_date(context.at);
  const Profile& profile = context.profiles.of_family(network->family, day);
  if (!covered || shareable(*owner, profile, day) < leg.amount) return out_of_money(profile, day);
  const bool counted = link->quota && profile.quota_kind == QuotaKind::kCumulative;
  return counted && link->quota_left < leg.amount ? Reason::kQuota : Reason::kNone;
}

}  // namespace

Returned give_back(const Household& household, const std::vector<Leg>& legs) {
  Returned result;
  for (Leg leg : legs) {
    const Person* owner = household.find(leg.owner);
    if (owner == nullptr) std::abort();  // whoever decides has gathered all owners
    if (leg.bucket == Bucket::kCurrentYear && owner->rolled_year >= leg.year) {  // GX-08
      leg.bucket = Bucket::kCarryover;
      leg.year = 0;
    }
    const bool closed = owner->account_state == AccountState::kClosed;  // GX-09
    (closed ? result.suspense : result.returned).push_back(std::move(leg));
  }
  return result;
}

Decision decide_reverse(const Household& household, const ReverseCommand& command,
                        const Context& context) {
  const Settled* settled = settlement_of(context, command.patient, command.original);
  if (settled == nullptr) return Refusal{Reason::kNoSettlement, "", {}, {}};
  if (household.find(settled->patient) == nullptr)
    return Refusal{Reason::kNoPerson, settled->patient.text(), {}, {}};
  if (household.reversal_of(command.original) != nullptr) {
    if (command.kind == ReversalKind::kUndo) return Events{};  // success again, nothing moves
    return Refusal{Reason::kAlreadyReversed, "", {}, {}};
  }
  auto [returned, suspense] = give_back(household, all_legs(*settled));
  return Events{SettlementReversed{command.original, command.kind, settled->patient,
                                   std::move(returned), settled->cash, std::move(suspense)}};
}

Decision decide_reapply(const Household& household, const ReapplyCommand& command,
                        const Context& context) {
  const Settled* settled = settlement_of(context, command.patient, command.original);
  if (settled == nullptr) return Refusal{Reason::kNoSettlement, "", {}, {}};
  const ReversalMark* mark = household.reversal_of(command.original);
  if (mark == nullptr || mark->kind == ReversalKind::kUndo) return Events{};
  const std::vector<Leg> legs = all_legs(*settled);
  Household after = household;  // leg by leg, so that two legs of one account add up
  for (const Leg& leg : legs) {
    const Reason reason = payable_again(after, leg, context);
    if (reason != Reason::kNone) return Refusal{reason, to_yuan_text(leg.amount), {}, {}};
    after = evolve(std::move(after), SettlementReapplied{{}, {}, settled->patient, {leg}});
  }
  return Events{SettlementReapplied{command.original, command.cancel, settled->patient, legs}};
}

Decision decide_partial_refund(const Household& household, const PartialRefundCommand& command,
                               const Context& context) {
  const PersonId& patient = command.smaller.patient;
  Decision reversed = decide_reverse(household, {patient, command.original, {}}, context);
  if (!reversed) return reversed;
  const Settled* settled = settlement_of(context, patient, command.original);
  Events events = std::move(reversed).value();
  const Household before = evolve(household, events);
  Result<Settled, Refusal> smaller = would_settle(before, command.smaller, context);
  if (!smaller) return smaller.error();
  if (smaller->bill > settled->bill) return Refusal{Reason::kField, "medfee_sumamt", {}, {}};
  events.emplace_back(std::move(smaller).value());
  return events;
}

std::vector<PersonId> owners_in(const JournalRecord& record) {
  std::vector<PersonId> owners;
  for (const BalanceAfter& balance : record.balances) owners.push_back(balance.person);
  return owners;
}

}  // namespace gongji
