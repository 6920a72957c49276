#include "actors/unindexed.hpp"

#include <utility>

namespace gongji::actors {

void Unindexed::remember(const HouseholdImage& image) {
  const HouseholdId id = image.state.id;
  Household& household = households_[id];
  household.image = image;
  for (const Person& person : image.state.persons) persons_[person.id] = id;
  order_.push_back({image.last_sequence, id});
}

void Unindexed::forget(Sequence indexed) {
  for (; !order_.empty() && order_.front().at <= indexed; order_.pop_front()) {
    const auto oldest = households_.find(order_.front().household);
    const bool newer = oldest == households_.end() || oldest->second.image.last_sequence > indexed;
    if (!newer) drop(oldest);
  }
}

// Who moved on in the meantime is found where he went.
void Unindexed::drop(std::unordered_map<HouseholdId, Household>::iterator household) {
  for (const Person& person : household->second.image.state.persons) {
    const auto lives = persons_.find(person.id);
    if (lives != persons_.end() && lives->second == household->first) persons_.erase(lives);
  }
  households_.erase(household);
}

std::optional<HouseholdId> Unindexed::household_of(const PersonId& person) const {
  const auto found = persons_.find(person);
  return found == persons_.end() ? std::nullopt : std::optional{found->second};
}

const HouseholdImage* Unindexed::find(HouseholdId household) const {
  const auto found = households_.find(household);
  return found == households_.end() ? nullptr : &found->second.image;
}

void Unindexed::keep(HouseholdId household, InflightToken awake) {
  households_.at(household).awake = std::move(awake);
}

}  // namespace gongji::actors
