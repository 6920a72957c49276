#include "actors/hot_views.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "actors/hot_view_text.hpp"

namespace gongji::actors {
namespace {

constexpr CivilDate kAlways{std::chrono::year{9999} / 12 / 31};

bool tells_details(const HotPerson& person) { return person.details.has_value(); }

bool is_whole(const HotHousehold& state) {
  return std::all_of(state.persons.begin(), state.persons.end(), tells_details);
}

CivilDate details_until(const HotHousehold& state) {
  CivilDate until = kAlways;
  for (const HotPerson& person : state.persons) until = std::min(until, person.details->until);
  return until;
}

}  // namespace

bool HotViews::update(View& view, const HotHousehold& state) {
  if (is_whole(state)) {
    view.who = pack_persons(state.persons);
    view.details_sequence = state.sequence;
    view.details_until = details_until(state);
  } else {
    const bool same = view.amounts.size() == state.persons.size() && is_of(view.who, state.persons);
    if (!same || std::any_of(state.persons.begin(), state.persons.end(), tells_details))
      return false;
  }
  view.epoch = state.epoch;
  view.sequence = state.sequence;
  view.until = state.until;
  view.amounts.clear();
  for (const HotPerson& person : state.persons)
    view.amounts.push_back({person.current_year, person.carryover, person.family});
  return true;
}

void HotViews::learn(const HotHousehold& state) {
  const auto known = views_.find(state.household);
  if (known != views_.end()) {
    View& view = known->second;
    if (std::tie(state.epoch, state.sequence) < std::tie(view.epoch, view.sequence)) return;
    view.looked_at = true;
    if (!update(view, state)) views_.erase(known);
    return;
  }
  View view;
  if (households_max_ == 0 || !is_whole(state) || !update(view, state)) return;
  take_place(state.household);
  views_.emplace(state.household, std::move(view));
}

// Second chance: the hand goes round, and whoever was not looked at since it last came by must go.
void HotViews::take_place(HouseholdId household) {
  if (ring_.size() < households_max_) return ring_.push_back(household);
  for (bool found = false; !found; hand_ = (hand_ + 1) % ring_.size()) {
    const auto there = views_.find(ring_[hand_]);
    if (there != views_.end() && std::exchange(there->second.looked_at, false)) continue;
    if (there != views_.end()) views_.erase(there);
    ring_[hand_] = household;
    found = true;
  }
}

void HotViews::forget_all() {
  views_.clear();
  ring_.clear();
  hand_ = 0;
}

std::optional<Sequence> HotViews::find(HouseholdId household, CivilDate today) {
  const auto known = views_.find(household);
  if (known == views_.end()) return std::nullopt;
  View& view = known->second;
  view.looked_at = true;
  if (view.until < today || view.details_until < today) return std::nullopt;
  return view.sequence;
}

HotHousehold HotViews::view_of(HouseholdId household, Sequence details_after) const {
  const View& view = views_.at(household);
  HotHousehold state{household, view.epoch, view.sequence, view.until, {}};
  state.persons.reserve(view.amounts.size());
  for (const Amounts& each : view.amounts)
    state.persons.push_back({{}, each.current_year, each.carryover, each.family});
  unpack_persons(view.who, view.details_sequence > details_after, state.persons);
  return state;
}

}  // namespace gongji::actors
