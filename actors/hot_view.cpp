#include "actors/hot_view.hpp"

#include <algorithm>

#include "domain/transactions/family_funds.hpp"

namespace gongji::actors {
namespace {

constexpr CivilDate kAlways{std::chrono::year{9999} / 12 / 31};

// The last day before something turns without a record: a window, a profile, a floor.
class LastDay {
 public:
  explicit LastDay(CivilDate today) : today_(today) {}
  void ends(CivilDate last) {
    if (last >= today_) last_ = std::min(last_, last);
  }
  void starts(CivilDate first) { ends(std::chrono::sys_days{first} - std::chrono::days{1}); }
  void turns(const DateWindow& window) {
    if (window.from) starts(*window.from);
    if (window.to) ends(*window.to);
  }
  void turns(const Profile& profile) {
    turns(profile.valid);
    if (profile.service_start) starts(*profile.service_start);
    if (!profile.floor_by_year.empty()) ends(today_.year() / std::chrono::December / 31);
  }
  [[nodiscard]] CivilDate day() const { return last_; }

 private:
  const CivilDate today_;
  CivilDate last_ = kAlways;
};

CivilDate holds_until(const Household& state, const Context& context) {
  LastDay last{civil_date(context.at)};
  for (const Network& network : state.networks) {
    for (const Profile& profile : context.profiles.all())
      if (profile.family == network.family) last.turns(profile);
    for (const Link& link : network.links) last.turns(link.window);
  }
  return last.day();
}

HotHousehold amounts(const Household& state, const Context& context) {
  HotHousehold view{state.id, Epoch{}, Sequence{}, holds_until(state, context), {}};
  view.persons.reserve(state.persons.size());
  for (const Person& person : state.persons)
    view.persons.push_back({person.id, person.current_year, person.carryover,
                            family_available(state, person, context)});
  return view;
}

HotDetails details_of(const Household& state, const Person& person, CivilDate until,
                      const Context& context) {
  return {person.card,
          person.status,
          person.account_state,
          role_of(state, person.id, context),
          state.network_of(person.id) != nullptr,
          until};
}

HotHousehold everything(const Household& state, const Context& context) {
  HotHousehold view = amounts(state, context);
  for (std::size_t i = 0; i < view.persons.size(); ++i)
    view.persons[i].details = details_of(state, state.persons[i], view.until, context);
  return view;
}

// Whether an event may change what is shown of persons beside their balances.
struct ChangesDetails {
  bool operator()(const Settled&) const { return false; }
  bool operator()(const SettlementReversed&) const { return false; }
  bool operator()(const SettlementReapplied&) const { return false; }
  bool operator()(const AccountCredited&) const { return false; }
  bool operator()(const AccountDebited&) const { return false; }
  bool operator()(const YearRolled&) const { return false; }
  bool operator()(const ContributionOrdered&) const { return false; }
  bool operator()(const ContributionAnswered&) const { return false; }
  bool operator()(const ContributionInsured&) const { return false; }
  bool operator()(const ContributionReversed&) const { return false; }
  bool operator()(const ReviewMarked&) const { return false; }
  bool operator()(const PersonEnrolled&) const { return true; }
  bool operator()(const PersonDetailsChanged&) const { return true; }
  bool operator()(const NetworkFormed&) const { return true; }
  bool operator()(const ModesConfirmed&) const { return true; }
  bool operator()(const MemberBound&) const { return true; }
  bool operator()(const MemberUnbound&) const { return true; }
  bool operator()(const NetworkDisbanded&) const { return true; }
  bool operator()(const HouseholdDeparted&) const { return true; }
  bool operator()(const ContentsArrived&) const { return true; }
  bool operator()(const RelationCorrected&) const { return true; }
  bool operator()(const AccountTransferredOut&) const { return true; }
};

bool changes_details(const JournalRecord& record) {
  const auto* events = std::get_if<Events>(&record.outcome);
  return events != nullptr && std::any_of(events->begin(), events->end(), [](const Event& event) {
           return std::visit(ChangesDetails{}, event);
         });
}

bool touches(const JournalRecord& record, const PersonId& person) {
  return std::any_of(record.balances.begin(), record.balances.end(),
                     [&](const BalanceAfter& after) { return after.person == person; });
}

}  // namespace

std::string role_of(const Household& state, const PersonId& person, const Context& context) {
  if (is_organiser(state, person, context)) return "ORGANISER";
  return funds_of(state, person).empty() ? "" : "MEMBER";
}

HotHousehold hot_view(const HouseholdImage& image, const Context& context) {
  HotHousehold view = everything(image.state, context);
  view.sequence = image.last_sequence;
  return view;
}

HotHousehold hot_change(const Household& state, const JournalRecord& record,
                        const Context& context) {
  if (changes_details(record)) return everything(state, context);
  HotHousehold view = amounts(state, context);
  for (HotPerson& person : view.persons) person.touched = touches(record, person.id);
  return view;
}

}  // namespace gongji::actors
