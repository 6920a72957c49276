// Hot balances in this process: for developers without a Redis, and for tests. Thread-safe; answers
// before the call returns.
#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>

#include "ports/hot_balances.hpp"

namespace gongji::stores {

class MemoryHotBalances final : public HotBalances {
 public:
  void apply(HotBatch households, HotThen<HotApplied> then) override;
  void fill(HotBatch households, HotMarker fence, HotThen<HotApplied> then) override;
  void find_marker(HotThen<std::optional<HotMarker>> then) override;
  void move_marker(std::optional<HotMarker> from, HotMarker to, HotThen<bool> then) override;
  void clear(HotThen<Done> then) override;
  void find_person(const PersonId& person, HotMarker at_least,
                   HotThen<std::optional<HotPersonFound>> then) override;
  void find_household(HouseholdId household, HotThen<std::optional<HotHousehold>> then) override;

 private:
  struct Entry {
    HouseholdId household;
    Epoch epoch;
    Sequence sequence;
    Fen current_year;
    Fen carryover;
  };
  struct DetailsEntry {
    Epoch epoch;
    Sequence sequence;
    HotDetails details;
  };
  void put(const HotHousehold& state, const HotPerson& person);
  void put_plainly(const HotHousehold& state);
  bool advance(const std::optional<HotMarker>& from, const HotMarker& to);
  [[nodiscard]] std::optional<HotPersonFound> person(const PersonId& id,
                                                     const HotMarker& at_least) const;

  std::mutex mutex_;  // guards all below
  std::unordered_map<HouseholdId, HotHousehold> households_;
  std::unordered_map<PersonId, Entry> persons_;
  std::unordered_map<PersonId, DetailsEntry> details_;
  std::optional<HotMarker> marker_;
};

}  // namespace gongji::stores
