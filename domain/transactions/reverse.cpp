#include "domain/transactions/reverse.hpp"

#include "domain/evolve.hpp"
#include "domain/transactions/family_funds.hpp"

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
  if (!settled.current_year_taken.is_zero())
    legs.push_back({settled.patient, Bucket::kCurrentYear, settled.current_year_taken, LinkId{}});
  return legs;
}

const Link* link_of(const Household& household, const Leg& leg) {
  for (const Network& network : household.networks)
    for (const Link& link : network.links)
      if (link.id == leg.link) return &link;
  return nullptr;
}

Reason out_of_money(const Profile& profile, CivilDate day) {
  return profile.floor_in(day).is_zero() ? Reason::kFundEmpty : Reason::kFloor;
}

// Own money needs the bucket; family money needs the same link, the bucket above the floor and the
// quota.
Reason payable_again(const Household& household, const Leg& leg, const Context& context) {
  const Person* owner = household.find(leg.owner);
  const bool covered = owner != nullptr && owner->balance(leg.bucket) >= leg.amount;
  if (leg.link.is_none()) return covered ? Reason::kNone : Reason::kFundEmpty;
  const Link* link = link_of(household, leg);
  const Network* network = household.network_of(leg.owner);
  if (owner == nullptr || link == nullptr || network == nullptr) return Reason::kNoNetwork;
  const CivilDate day = civil_date(context.at);
  const Profile& profile = context.profiles.of_family(network->family, day);
  if (!covered || shareable(*owner, profile, day) < leg.amount) return out_of_money(profile, day);
  const bool counted = link->quota && profile.quota_kind == QuotaKind::kCumulative;
  return counted && link->quota_left < leg.amount ? Reason::kQuota : Reason::kNone;
}

}  // namespace

Decision decide_reverse(const Household& household, const ReverseCommand& command,
                        const Context& context) {
  const Settled* settled = settlement_of(context, command.patient, command.original);
  if (settled == nullptr) return Refusal{Reason::kNoSettlement, "", {}, {}};
  if (household.reversal_of(command.original) != nullptr) {
    if (command.kind == ReversalKind::kUndo) return Events{};  // success again, nothing moves
    return Refusal{Reason::kAlreadyReversed, "", {}, {}};
  }
  return Events{SettlementReversed{command.original, command.kind, settled->patient,
                                   all_legs(*settled), settled->cash}};
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

}  // namespace gongji
