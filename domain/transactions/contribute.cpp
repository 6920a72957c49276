#include "domain/transactions/contribute.hpp"

#include <algorithm>

#include "domain/transactions/family_funds.hpp"
#include "domain/transactions/reverse.hpp"

namespace gongji {
namespace {

constexpr std::uint64_t kOrdersPerHousehold = 1u << 20;

Refusal refuse(Reason reason, std::string detail = {}) {
  return {reason, std::move(detail), {}, {}};
}

// What is ordered, for whom, under which rules. `fund` is null for the holder's own purchase.
struct Order {
  const Household& household;
  const ContributeCommand& asked;
  const Context& context;
  const Profile& profile;
  const Person* person;  // null when he lives in another household
  const Person* payer = nullptr;
  const FundView* fund = nullptr;
  const PremiumRule* rule = nullptr;
  Fen price = {};
};
using Check = std::optional<Refusal>;

bool special(const Order& order) {
  if (order.rule == nullptr || order.person == nullptr) return false;
  const auto& groups = order.rule->special_groups;
  return std::find(groups.begin(), groups.end(), order.person->special_group) != groups.end();
}

Check purpose_and_price(Order& order) {  // SH-26, SX-27, 28, GX-15
  order.rule = order.profile.premium_rule(order.asked.purpose, order.asked.product);
  if (order.rule == nullptr) return refuse(Reason::kPurpose, "此险种不在本地共济缴费范围");
  const auto& schemes = order.rule->schemes;
  const bool fits = schemes.empty() || (order.person != nullptr &&
                                        std::find(schemes.begin(), schemes.end(),
                                                  order.person->card.scheme) != schemes.end());
  if (!fits) return refuse(Reason::kPurpose, "此险种不适用于该参保人的险种类型");
  const auto price = order.rule->price_in(order.asked.year, special(order));
  if (!price) return refuse(Reason::kPurpose, "该年度尚无缴费标准");
  order.price = *price;
  return {};
}

Check may_order(const Order& order) {  // SH-43, SX-41, SH-44
  const PersonId& by = order.asked.ordered_by;
  if (by.empty() || by == order.payer->id) return {};
  const bool himself = by == order.asked.person && order.profile.member_may_order;
  return himself ? Check{} : Check{refuse(Reason::kForbidden)};
}

const Contribution* standing(const Order& order, ContributionStatus status) {
  for (const Contribution& other : order.household.contributions)
    if (other.status == status && other.person == order.asked.person &&
        other.purpose == order.asked.purpose && other.product == order.asked.product &&
        other.year == order.asked.year)
      return &other;
  return nullptr;
}

Check already_paid(const Order& order) {
  const bool paid = standing(order, ContributionStatus::kPaid) != nullptr;
  return paid ? Check{refuse(Reason::kAlreadyPaid)} : Check{};
}
Check tax_pending(const Order& order) {  // SX-33
  const bool pending = standing(order, ContributionStatus::kPending) != nullptr;
  return pending ? Check{refuse(Reason::kTaxPending)} : Check{};
}

Fen spendable(const Order& order) {
  if (order.fund == nullptr) return order.payer->has_account() ? order.payer->carryover : Fen{};
  Profile rules = order.profile;
  if (order.rule->floor) {
    rules.floor = *order.rule->floor;
    rules.floor_by_year.clear();
  }
  return shareable(*order.payer, rules, civil_date(order.context.at));
}

Check money(const Order& order) {  // SH-26, SX-29…31: whole or nothing
  const Fen available = spendable(order);
  if (available < order.price) {
    Refusal refusal = refuse(Reason::kInsufficientPremium, "应缴 " + to_yuan_text(order.price));
    refusal.limit = max(available, Fen{});
    return refusal;
  }
  const bool counted = order.fund != nullptr && order.fund->link->quota &&
                       order.profile.quota_kind != QuotaKind::kNone;
  if (!counted) return {};
  const bool cumulative = order.profile.quota_kind == QuotaKind::kCumulative;
  const Fen left = cumulative ? order.fund->link->quota_left : *order.fund->link->quota;
  const bool enough = order.rule->quota_strict ? left > order.price : left >= order.price;
  if (enough) return {};
  Refusal refusal = refuse(Reason::kQuota, "应缴 " + to_yuan_text(order.price));
  refusal.limit = left;
  return refusal;
}

Contribution make(const Order& order, ContributionStatus status) {
  Contribution made;
  made.id =
      OrderId{order.household.id.number() * kOrdersPerHousehold + order.household.orders_made};
  made.person = order.asked.person;
  made.payer = order.payer->id;
  made.purpose = order.asked.purpose;
  made.product = order.asked.product;
  made.year = order.asked.year;
  made.amount = order.price;
  made.status = status;
  made.own_purchase = order.fund == nullptr;
  if (status != ContributionStatus::kPaid) return made;
  made.awaits_insurer = order.rule->insurer;
  if (order.fund != nullptr)
    draw_fund(made.legs, *order.fund, order.profile, order.price);
  else
    draw_bucket(made.legs, *order.payer, Bucket::kCarryover, order.price, LinkId{});
  return made;
}

Decision place(const Order& order, ContributionStatus status) {
  ContributionOrdered event{make(order, status), {}, order.payer->card.psn_name, {}, {}};
  if (order.person != nullptr) {
    event.person_name = order.person->card.psn_name;
    event.certno = order.person->card.certno;
    event.area = order.person->card.area;
  }
  return Events{std::move(event)};
}

Decision judge(Order order) {
  if (Check check = purpose_and_price(order)) return *check;
  for (const auto rule : {may_order, already_paid, tax_pending})
    if (Check check = rule(order)) return *check;
  const bool first_press = special(order) && order.rule->tax_withdrawal &&
                           standing(order, ContributionStatus::kConfirmed) == nullptr;
  if (first_press) return place(order, ContributionStatus::kPending);
  if (Check check = money(order)) return *check;
  return place(order, ContributionStatus::kPaid);
}

// The funds the order may be paid from: the orderer's own when he authorises, else all.
Decision from_funds(const Household& household, const ContributeCommand& command,
                    const Context& context, const std::vector<FundView>& funds) {
  std::optional<Refusal> first;
  const Person* person = household.find(command.person);
  for (const FundView& fund : funds) {
    const bool others = household.network_of(command.ordered_by) != nullptr &&
                        fund.organiser->id != command.ordered_by;
    if (others && funds.size() > 1) continue;
    const Reason reason = bars_contribution(fund, *person, context);
    const Profile& profile =
        context.profiles.of_family(fund.network->family, civil_date(context.at));
    Decision decision = refuse(reason);
    if (reason == Reason::kNone)
      decision = judge({household, command, context, profile, person, fund.organiser, &fund});
    if (decision) return decision;
    if (!first) first = decision.error();
  }
  return first ? *first : refuse(Reason::kForbidden);
}

// SH-44: the holder buys for himself or a relative; no network and no mode is asked.
Decision own_purchase(const Household& household, const ContributeCommand& command,
                      const Context& context) {
  const PersonId& holder = command.ordered_by.empty() ? command.person : command.ordered_by;
  const Person* payer = household.find(holder);
  if (payer == nullptr) return refuse(Reason::kNoPerson, holder.text());
  const Profile& profile = governing_profile(household, holder, context);
  const PremiumRule* rule = profile.premium_rule(command.purpose, command.product);
  if (rule == nullptr && !profile.premiums.empty()) return refuse(Reason::kPurpose);
  const bool for_another = !command.ordered_by.empty() && command.ordered_by != command.person;
  if (rule == nullptr || !rule->own_purchase)
    return refuse(for_another ? Reason::kForbidden : Reason::kNoNetwork);
  if (payer->account_state != AccountState::kUsable) return refuse(Reason::kAccountUnusable);
  return judge({household, command, context, profile, household.find(command.person), payer});
}

bool short_of_money(Reason reason) {
  return reason == Reason::kInsufficientPremium || reason == Reason::kQuota;
}

std::optional<OrderId> order_in(const Context& context, Sequence contribution) {
  const bool read = context.original != nullptr && context.original->sequence == contribution;
  const auto* ordered = read ? context.original->event<ContributionOrdered>() : nullptr;
  if (ordered == nullptr) return {};
  return ordered->order.id;
}

}  // namespace

Decision decide_contribute(const Household& household, const ContributeCommand& command,
                           const Context& context) {
  const auto funds = funds_of(household, command.person);
  if (funds.empty()) return own_purchase(household, command, context);
  Decision by_network = from_funds(household, command, context, funds);
  if (by_network || short_of_money(by_network.error().reason)) return by_network;
  // Beside family aid: what bars the network does not bar the holder's own money.
  Decision bought = own_purchase(household, command, context);
  return bought ? bought : by_network;
}

Decision decide_answer_tax(const Household& household, const AnswerTaxCommand& command,
                           const Context& context) {
  const auto id = order_in(context, command.contribution);
  const Contribution* order = id ? household.contribution(*id) : nullptr;
  if (order == nullptr) return refuse(Reason::kNotFound);
  if (order->status != ContributionStatus::kPending) return Events{};  // answered before
  return Events{ContributionAnswered{*id, command.accepted, command.detail}};
}

Decision decide_answer_insurer(const Household& household, const AnswerInsurerCommand& command,
                               const Context& context) {
  const auto id = order_in(context, command.contribution);
  const Contribution* order = id ? household.contribution(*id) : nullptr;
  if (order == nullptr) return refuse(Reason::kNotFound);
  if (order->status != ContributionStatus::kPaid || !order->awaits_insurer) return Events{};
  if (command.accepted) return Events{ContributionInsured{*id}};
  auto [returned, suspense] = give_back(household, order->legs);
  return Events{
      ContributionReversed{*id, std::move(returned), std::move(suspense), command.detail}};
}

}  // namespace gongji
