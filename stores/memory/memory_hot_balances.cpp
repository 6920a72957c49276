#include "stores/memory/memory_hot_balances.hpp"

#include <tuple>
#include <utility>

namespace gongji::stores {
namespace {

// Puts `incoming` under `key` unless what is there is newer.
template <class Map, class Key, class Entry>
bool replace_if_newer(Map& map, const Key& key, Entry incoming) {
  const auto order = [](const Entry& entry) { return std::tuple{entry.epoch, entry.sequence}; };
  const auto present = map.find(key);
  if (present != map.end() && order(incoming) < order(present->second)) return false;
  map.insert_or_assign(key, std::move(incoming));
  return true;
}

// As a reader finds it: amounts only.
HotHousehold amounts_of(HotHousehold state) {
  for (HotPerson& person : state.persons) {
    person.touched = true;
    person.details.reset();
  }
  return state;
}

}  // namespace

void MemoryHotBalances::put(const HotHousehold& state, const HotPerson& person) {
  if (person.touched)
    replace_if_newer(
        persons_, person.id,
        Entry{state.household, state.epoch, state.sequence, person.current_year, person.carryover});
  if (person.details)
    replace_if_newer(details_, person.id,
                     DetailsEntry{state.epoch, state.sequence, *person.details});
}

void MemoryHotBalances::apply(HotBatch households, HotThen<HotApplied> then) {
  HotApplied applied;
  {
    const std::lock_guard lock{mutex_};
    for (const HotHousehold& state : *households) {
      if (!replace_if_newer(households_, state.household, amounts_of(state)))
        ++applied.refused_older;
      for (const HotPerson& person : state.persons) put(state, person);
    }
  }
  then(applied);
}

void MemoryHotBalances::fill(HotBatch households, HotMarker fence, HotThen<HotApplied> then) {
  std::unique_lock lock{mutex_};
  const bool stands = marker_ == fence;
  if (stands)
    for (const HotHousehold& state : *households) put_plainly(state);
  lock.unlock();
  if (!stands) return then(StoreError{"the marker is not where it was left"});
  then(HotApplied{});
}

void MemoryHotBalances::put_plainly(const HotHousehold& state) {
  if (state.persons.empty()) return static_cast<void>(households_.erase(state.household));
  households_.insert_or_assign(state.household, amounts_of(state));
  for (const HotPerson& person : state.persons) {
    if (person.touched)
      persons_.insert_or_assign(person.id, Entry{state.household, state.epoch, state.sequence,
                                                 person.current_year, person.carryover});
    if (person.details)
      details_.insert_or_assign(person.id,
                                DetailsEntry{state.epoch, state.sequence, *person.details});
  }
}

void MemoryHotBalances::find_marker(HotThen<std::optional<HotMarker>> then) {
  std::unique_lock lock{mutex_};
  auto marker = marker_;
  lock.unlock();
  then(std::move(marker));
}

bool MemoryHotBalances::advance(const std::optional<HotMarker>& from, const HotMarker& to) {
  const std::lock_guard lock{mutex_};
  if (from && (!marker_ || marker_->epoch != from->epoch || marker_->sequence != from->sequence))
    return false;
  if (marker_ && marker_->journal == to.journal && to.epoch < marker_->epoch) return false;
  marker_ = to;
  return true;
}

void MemoryHotBalances::move_marker(std::optional<HotMarker> from, HotMarker to,
                                    HotThen<bool> then) {
  then(advance(from, to));
}

void MemoryHotBalances::clear(HotThen<Done> then) {
  {
    const std::lock_guard lock{mutex_};
    marker_.reset();
    households_.clear();
    persons_.clear();
    details_.clear();
  }
  then(Done{});
}

std::optional<HotPersonFound> MemoryHotBalances::person(const PersonId& id,
                                                        const HotMarker& at_least) const {
  const auto entry = persons_.find(id);
  const auto details = details_.find(id);
  if (entry == persons_.end() || details == details_.end()) return std::nullopt;
  const bool marked = marker_ && marker_->journal == at_least.journal &&
                      marker_->epoch == at_least.epoch && marker_->sequence >= at_least.sequence;
  if (!at_least.sequence.is_none() && !marked) return std::nullopt;
  const Entry& found = entry->second;
  return HotPersonFound{found.household,    found.epoch,     found.sequence,
                        found.current_year, found.carryover, details->second.details};
}

void MemoryHotBalances::find_person(const PersonId& id, HotMarker at_least,
                                    HotThen<std::optional<HotPersonFound>> then) {
  std::unique_lock lock{mutex_};
  auto found = person(id, at_least);
  lock.unlock();
  then(std::move(found));
}

void MemoryHotBalances::find_household(HouseholdId household,
                                       HotThen<std::optional<HotHousehold>> then) {
  std::unique_lock lock{mutex_};
  const auto entry = households_.find(household);
  auto found = entry == households_.end() ? std::nullopt : std::optional{entry->second};
  lock.unlock();
  then(std::move(found));
}

}  // namespace gongji::stores
