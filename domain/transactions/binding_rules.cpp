#include "domain/transactions/binding_rules.hpp"

#include <algorithm>
#include <array>

#include "domain/transactions/family_funds.hpp"
#include "domain/transactions/insured_status.hpp"

namespace gongji {
namespace {

using Check = std::optional<Refusal>;

Refusal refuse(Reason reason, std::string detail = {}) {
  return {reason, std::move(detail), {}, {}};
}

Check self(const Binding& b) {
  if (b.asked.id == b.organiser.id) return refuse(Reason::kSelf);
  if (b.member == nullptr) return refuse(Reason::kNoPerson, b.asked.id.text());
  return {};
}

Check organiser_scheme(const Profile& profile, const Person& organiser) {  // SH-01, SX-01
  const bool insured_here = organiser.card.area.starts_with(profile.area);
  if (insured_here && profile.admits_organiser(organiser.card.scheme)) return {};
  return refuse(Reason::kNotEmployee);
}

Check relation(const Binding& b) {  // SH-04, SX-02
  if (b.profile.allows(b.asked.relation)) return {};
  return refuse(Reason::kRelationNotAllowed, std::string{to_text(b.asked.relation)});
}

// SH-12: one network at a time, organising included, whatever the dates.
bool has_any_role(const Household& household, const PersonId& person) {
  return household.network_of(person) != nullptr || !funds_of(household, person).empty();
}

// SX-15, SX-16: "live" means that the windows overlap.
bool authorises_within(const Household& household, const PersonId& person,
                       const DateWindow& window) {
  const Network* network = household.network_of(person);
  if (network == nullptr) return false;
  return std::any_of(network->links.begin(), network->links.end(),
                     [&](const Link& link) { return link.window.overlaps(window); });
}
bool benefits_within(const Household& household, const PersonId& person, const DateWindow& window) {
  const auto funds = funds_of(household, person);
  return std::any_of(funds.begin(), funds.end(),
                     [&](const FundView& fund) { return fund.link->window.overlaps(window); });
}

bool bars(const Binding& b, const Link& link) {  // SX-12, SX-14
  const bool still_runs = !link.window.to || b.day <= *link.window.to;
  return link.window.overlaps(b.asked.window) || (!b.profile.future_window_allowed && still_runs);
}

// Links of others that stand in the way; one's own is a matter of rebinding.
std::size_t rival_links(const Binding& b) {
  const auto funds = funds_of(b.household, b.asked.id);
  return static_cast<std::size_t>(
      std::count_if(funds.begin(), funds.end(), [&](const FundView& fund) {
        return fund.organiser->id != b.organiser.id && bars(b, *fund.link);
      }));
}

Check network_or_chain(const Binding& b) {
  if (b.organiser_taken) return refuse(Reason::kAlreadyInNetwork);
  if (b.profile.role_is_network_wide) {  // SH-11, SH-12
    const bool taken = has_any_role(b.household, b.asked.id);
    return taken ? Check{refuse(Reason::kAlreadyInNetwork)} : Check{};
  }
  if (b.profile.authorisers_per_member && rival_links(b) >= *b.profile.authorisers_per_member)
    return refuse(Reason::kAlreadyBound);
  if (!b.profile.roles_exclusive) return {};
  if (authorises_within(b.household, b.asked.id, b.asked.window))
    return refuse(Reason::kChainAuthoriser);
  if (benefits_within(b.household, b.organiser.id, b.asked.window))
    return refuse(Reason::kChainBeneficiary);
  return {};
}

Check rebind(const Binding& b) {  // SX-11
  for (const FundView& fund : funds_of(b.household, b.asked.id))
    if (fund.organiser->id == b.organiser.id && fund.link->window.overlaps(b.asked.window))
      return refuse(Reason::kRebindRequired);
  return {};
}

Check room(const Binding& b) {
  const Network* network = b.household.network_of(b.organiser.id);
  const std::size_t members = network == nullptr ? 0 : network->links.size();
  if (!b.profile.members_max || members < *b.profile.members_max) return {};
  return refuse(Reason::kForbidden, "成员数已达上限 " + std::to_string(*b.profile.members_max));
}

Check member_insured(const Binding& b) {  // SH-06, SH-07, SX-03, SX-26
  if (!b.profile.admits_member(b.member->card.scheme))
    return refuse(Reason::kNotInsured, b.asked.id.text());
  if (b.member->card.area.starts_with(b.profile.area)) return {};
  Refusal elsewhere = refuse(Reason::kNotInsured, b.asked.id.text());
  elsewhere.next_step = NextStep::kWallet;
  return elsewhere;
}

Check organiser_account(const Profile& profile, const Person& organiser) {  // SH-03
  const bool unusable =
      profile.bind_needs_organiser_account && organiser.account_state != AccountState::kUsable;
  return unusable ? Check{refuse(Reason::kAccountUnusable)} : Check{};
}

Check status_of_both(const Binding& b) {
  if (Check check = member_insured(b)) return check;
  if (Check check = check_status(b.profile, {b.member, &b.organiser}, b.day)) return check;
  return organiser_account(b.profile, b.organiser);
}

Fen fund_of(const Profile& profile, const Person& organiser) {
  Fen sum;
  for (const Bucket bucket : profile.fund_buckets) sum += organiser.balance(bucket);
  return sum;
}

Check fund_at_formation(const Profile& profile, const Person& organiser) {  // SH-02
  if (fund_of(profile, organiser) >= profile.organiser_fund_min) return {};
  return refuse(Reason::kNoCarryover);
}
Check carryover(const Binding& b) {
  return b.forming ? fund_at_formation(b.profile, b.organiser) : Check{};
}

Fen quotas_already_given(const Binding& b) {
  Fen sum;
  const Network* network = b.household.network_of(b.organiser.id);
  if (network == nullptr || !b.profile.quota_sum_checked) return sum;
  const bool runs_down = b.profile.quota_kind == QuotaKind::kCumulative;
  for (const Link& link : network->links)
    if (link.quota && link.window.overlaps(b.asked.window))
      sum += runs_down ? link.quota_left : *link.quota;
  return sum;
}

Check quota(const Binding& b) {  // SX-08, SX-09
  if (b.profile.quota_kind == QuotaKind::kNone) return {};
  if (!b.asked.quota)
    return b.profile.quota_required ? Check{refuse(Reason::kField, "quota")} : Check{};
  if (b.asked.quota->is_negative()) return refuse(Reason::kField, "quota");
  const Fen limit = shareable(b.organiser, b.profile, b.day);
  if (*b.asked.quota + quotas_already_given(b) <= limit) return {};
  Refusal refusal = refuse(Reason::kQuotaOverShareable, "可授权金额最大为 " + to_yuan_text(limit));
  refusal.limit = limit;
  return refusal;
}

Check window(const Binding& b) {  // SX-13
  const DateWindow& asked = b.asked.window;
  if (b.profile.window_required && (!asked.from || !asked.to))
    return refuse(Reason::kField, "from, to");
  if (asked.from && asked.to && *asked.to < *asked.from) return refuse(Reason::kField, "to");
  return {};
}

}  // namespace

bool has_network_role(const Household& household, const Profile& profile, const PersonId& person) {
  if (profile.role_is_network_wide) return has_any_role(household, person);
  const Network* network = household.network_of(person);
  return network != nullptr && !network->links.empty();
}

std::optional<Refusal> check_organiser(const Household& household, const Profile& profile,
                                       const Person& organiser, CivilDate day) {
  if (Check check = organiser_scheme(profile, organiser)) return check;
  if (has_network_role(household, profile, organiser.id)) return refuse(Reason::kAlreadyInNetwork);
  if (Check check = check_status(profile, {&organiser}, day)) return check;
  if (Check check = organiser_account(profile, organiser)) return check;
  return fund_at_formation(profile, organiser);
}

std::optional<Refusal> check_binding(const Binding& binding) {
  if (Check check = self(binding)) return check;
  if (Check check = organiser_scheme(binding.profile, binding.organiser)) return check;
  constexpr std::array kRest{relation,       network_or_chain, rebind, room,
                             status_of_both, carryover,        quota,  window};
  for (const auto rule : kRest)
    if (Check check = rule(binding)) return check;
  return {};
}

}  // namespace gongji
