#include "stores/memory/memory_hot_balances.hpp"

#include <tuple>

namespace gongji::stores {
namespace {

template <class Old, class New>
bool older(const New& incoming, const Old& present) {
  return std::tuple{incoming.epoch, incoming.sequence} <
         std::tuple{present.epoch, present.sequence};
}

}  // namespace

Result<std::size_t, StoreError> MemoryHotBalances::apply(std::span<const HotHousehold> households) {
  const std::lock_guard lock{mutex_};
  std::size_t refused = 0;
  for (const HotHousehold& incoming : households) {
    const auto present = households_.find(incoming.household);
    if (present != households_.end() && older(incoming, present->second)) {
      ++refused;
      continue;
    }
    households_.insert_or_assign(incoming.household, incoming);
    for (const HotPerson& person : incoming.persons) {
      const auto known = persons_.find(person.id);
      if (known != persons_.end() && older(incoming, known->second)) continue;
      persons_.insert_or_assign(
          person.id, HotPersonFound{incoming.household, incoming.epoch, incoming.sequence,
                                    person.current_year, person.carryover});
    }
  }
  return refused;
}

Result<std::optional<Sequence>, StoreError> MemoryHotBalances::marker() {
  const std::lock_guard lock{mutex_};
  return marker_;
}

Status<StoreError> MemoryHotBalances::set_marker(Epoch, Sequence to) {
  const std::lock_guard lock{mutex_};
  marker_ = to;
  return Done{};
}

Result<bool, StoreError> MemoryHotBalances::advance_marker(Epoch, Sequence from, Sequence to) {
  const std::lock_guard lock{mutex_};
  if (marker_ != from) return false;
  marker_ = to;
  return true;
}

Result<std::optional<HotPersonFound>, StoreError> MemoryHotBalances::read(const PersonId& person) {
  const std::lock_guard lock{mutex_};
  const auto found = persons_.find(person);
  if (found == persons_.end()) return std::optional<HotPersonFound>{};
  return std::optional{found->second};
}

}  // namespace gongji::stores
