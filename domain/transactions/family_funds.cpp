#include "domain/transactions/family_funds.hpp"

#include <algorithm>
#include <array>

namespace gongji {
namespace {

// Everything one rule may look at.
struct Case {
  const FundView& fund;
  const Person& patient;
  const Place& place;
  const Profile& profile;
  CivilDate day;
  Mode mode = Mode::kPay;
};

bool names(const std::vector<Mode>& modes, Mode mode) {
  return std::find(modes.begin(), modes.end(), mode) != modes.end();
}

Reason started(const Case& c) {  // SH-41
  const bool too_early = c.profile.service_start && c.day < *c.profile.service_start;
  return too_early ? Reason::kNotStarted : Reason::kNone;
}
Reason in_window(const Case& c) {  // SX-13
  return c.fund.link->window.contains(c.day) ? Reason::kNone : Reason::kWindow;
}

bool either_has(const Case& c, InsuredStatus status) {
  return (c.profile.use_needs_member_status && c.patient.status == status) ||
         (c.profile.use_needs_organiser_status && c.fund.organiser->status == status);
}
Reason insured(const Case& c) {  // SH-06, SX-03
  const PersonCard& card = c.patient.card;
  const bool here = c.profile.admits_member(card.scheme) && card.area.starts_with(c.profile.area);
  return here && !either_has(c, InsuredStatus::kEnded) ? Reason::kNone : Reason::kNotInsured;
}
Reason not_suspended(const Case& c) {  // SX-04
  return either_has(c, InsuredStatus::kSuspended) ? Reason::kSuspended : Reason::kNone;
}

bool either_chose(const Case& c, MainAccount main) {
  const auto chose = [&](const Person& person) {
    return person.duplicate_insurance && person.main_account == main;
  };
  return c.profile.duplicates_block && (chose(c.patient) || chose(*c.fund.organiser));
}
Reason no_duplicates(const Case& c) {  // SX-19
  return either_chose(c, MainAccount::kNone) ? Reason::kDuplicateInsured : Reason::kNone;
}
Reason right_main(const Case& c) {  // SX-20
  return either_chose(c, MainAccount::kWrong) ? Reason::kWrongMain : Reason::kNone;
}
Reason place_unchanged(const Case& c) {  // SX-23
  const bool same = c.fund.link->member_area == c.patient.card.area &&
                    c.fund.link->organiser_area == c.fund.organiser->card.area;
  const bool blocks = c.mode == Mode::kPay ? c.profile.place_change_blocks_pay
                                           : c.profile.place_change_blocks_premium;
  return same || !blocks ? Reason::kNone : Reason::kPlaceChanged;
}
Reason account_usable(const Case& c) {  // SH-03 at every settlement
  const bool usable = c.fund.organiser->account_state == AccountState::kUsable;
  return usable ? Reason::kNone : Reason::kAccountUnusable;
}
Reason mode_on(const Case& c) {  // SH-21, SH-22
  const Network& network = *c.fund.network;
  if (c.profile.mode_confirmation && !network.modes_confirmed) return Reason::kModeUnconfirmed;
  const auto& modes = network.modes_confirmed ? network.modes : c.profile.modes;
  const auto& of_link = c.fund.link->modes;
  const bool on = names(modes, c.mode) && (of_link.empty() || names(of_link, c.mode));
  return on ? Reason::kNone : Reason::kModeOff;
}
Reason place_of_use(const Case& c) {  // SH-42, SX-24
  if (!c.place.designated) return Reason::kNotDesignated;
  const bool inside = c.place.area.starts_with(c.profile.area);
  const bool anywhere = c.profile.area_of_use == AreaOfUse::kAnywhere;
  return inside || anywhere ? Reason::kNone : Reason::kOutOfProvince;
}
Reason fund_has_money(const Case& c) {  // SH-14, SX-06
  if (shareable(*c.fund.organiser, c.profile, c.day).is_positive()) return Reason::kNone;
  return c.profile.floor_in(c.day).is_zero() ? Reason::kFundEmpty : Reason::kFloor;
}
Reason quota_left(const Case& c) {  // SX-10
  if (!c.fund.link->quota || c.profile.quota_kind == QuotaKind::kNone) return Reason::kNone;
  const bool cumulative = c.profile.quota_kind == QuotaKind::kCumulative;
  const Fen left = cumulative ? c.fund.link->quota_left : *c.fund.link->quota;
  return left.is_positive() ? Reason::kNone : Reason::kQuota;
}

// The fixed reporting order; "network or link exists" is the caller's, who found the fund.
constexpr std::array kRulesBeforePlace{started,         in_window,      insured,
                                       not_suspended,   no_duplicates,  right_main,
                                       place_unchanged, account_usable, mode_on};
constexpr std::array kRulesAfterPlace{fund_has_money, quota_left};

Fen limited_by_quota(const Case& c, Fen amount) {
  if (!c.fund.link->quota) return amount;
  switch (c.profile.quota_kind) {
    case QuotaKind::kNone: return amount;
    case QuotaKind::kCumulative: return min(amount, c.fund.link->quota_left);
    case QuotaKind::kPerSettlement: return min(amount, *c.fund.link->quota);
  }
  return Fen{};
}

FundOffer examine(const Case& c, bool place_counts) {
  int rank = 0;
  const auto fails = [&](auto rule) {
    ++rank;
    return rule(c) != Reason::kNone;
  };
  for (const auto rule : kRulesBeforePlace)
    if (fails(rule)) return {Fen{}, rule(c), rank};
  if (place_counts && fails(place_of_use)) return {Fen{}, place_of_use(c), rank};
  for (const auto rule : kRulesAfterPlace)
    if (fails(rule)) return {Fen{}, rule(c), rank};
  return {limited_by_quota(c, shareable(*c.fund.organiser, c.profile, c.day)), Reason::kNone, rank};
}

FundOffer examine(const FundView& fund, const Person& patient, const Place& place,
                  const Context& context, bool place_counts) {
  const CivilDate day = civil_date(context.at);
  const Profile& profile = context.profiles.of_family(fund.network->family, day);
  return examine(Case{fund, patient, place, profile, day, Mode::kPay}, place_counts);
}

Fen drawn_from(const std::vector<Leg>& legs, const PersonId& owner) {
  Fen sum;
  for (const Leg& leg : legs)
    if (leg.owner == owner) sum += leg.amount;
  return sum;
}

}  // namespace

void draw_bucket(std::vector<Leg>& legs, const Person& owner, Bucket bucket, Fen amount,
                 LinkId link) {
  if (bucket == Bucket::kCarryover)
    legs.push_back({owner.id, bucket, amount, link});
  else
    for (const YearMoney& part : owner.current_year_for(amount))
      legs.push_back({owner.id, bucket, part.amount, link, part.year});
}

void draw_fund(std::vector<Leg>& legs, const FundView& fund, const Profile& profile, Fen amount) {
  for (const Bucket bucket : profile.fund_buckets) {
    const Fen part = min(amount, fund.organiser->balance(bucket));
    if (!part.is_positive()) continue;
    draw_bucket(legs, *fund.organiser, bucket, part, fund.link->id);
    amount -= part;
  }
}

Reason bars_contribution(const FundView& fund, const Person& person, const Context& context) {
  const CivilDate day = civil_date(context.at);
  const Profile& profile = context.profiles.of_family(fund.network->family, day);
  const Place nowhere;
  const Case c{fund, person, nowhere, profile, day, Mode::kPremium};
  for (const auto rule : kRulesBeforePlace)
    if (rule(c) != Reason::kNone) return rule(c);
  return Reason::kNone;
}

Fen shareable(const Person& organiser, const Profile& profile, CivilDate day) {
  if (!organiser.has_account()) return Fen{};
  Fen sum;
  for (const Bucket bucket : profile.fund_buckets) sum += organiser.balance(bucket);
  return max(Fen{}, sum - profile.floor_in(day));
}

FundOffer offer_of(const FundView& fund, const Person& patient, const Place& place,
                   const Context& context) {
  return examine(fund, patient, place, context, true);
}

FamilyShare draw_family_share(const Household& household, const Person& patient, const Place& place,
                              Fen wanted, const Context& context) {
  FamilyShare share;
  FundOffer closest{Fen{}, Reason::kNoNetwork, -1};
  for (const FundView& fund : funds_of(household, patient.id)) {
    const FundOffer offer = offer_of(fund, patient, place, context);
    if (offer.reason != Reason::kNone && offer.rank > closest.rank) closest = offer;
    const Fen left = offer.available - drawn_from(share.legs, fund.organiser->id);
    const Fen part = min(wanted, left);
    if (!part.is_positive()) continue;
    draw_fund(share.legs, fund,
              context.profiles.of_family(fund.network->family, civil_date(context.at)), part);
    wanted -= part;
  }
  if (share.legs.empty()) share.reason = closest.reason;
  return share;
}

Fen family_available(const Household& household, const Person& member, const Context& context) {
  Fen sum;
  for (const FundView& fund : funds_of(household, member.id))
    sum += examine(fund, member, Place{}, context, false).available;
  return sum;
}

bool is_organiser(const Household& household, const PersonId& person, const Context& context) {
  const Network* network = household.network_of(person);
  if (network == nullptr) return false;
  const auto& profile = context.profiles.of_family(network->family, civil_date(context.at));
  return profile.role_is_network_wide || !network->links.empty();
}

}  // namespace gongji
