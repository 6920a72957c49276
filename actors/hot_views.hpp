// What readers see of each household, whole, as of the newest change the projector knows of, packed
// (some 700 bytes for a family of three): an emptied copy is filled from here, without reading a
// record. Holds a bounded number of households; who was not looked at for long goes first. Used by
// the projector's thread only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ports/hot_balances.hpp"

namespace gongji::actors {

class HotViews {
 public:
  explicit HotViews(std::size_t households_max) : households_max_(households_max) {}

  // A newer state of its household: whole, or amounts of one that is known whole. One that cannot
  // be made whole is forgotten; an older one is passed over.
  void learn(const HotHousehold& state);
  void forget_all();

  // Which record it is as of; nothing for a household that is not known, or out of date by the
  // calendar.
  [[nodiscard]] std::optional<Sequence> find(HouseholdId household, CivilDate today);
  // Of one that was found: everything, details only when they changed after `details_after`.
  [[nodiscard]] HotHousehold view_of(HouseholdId household, Sequence details_after) const;
  [[nodiscard]] std::size_t households() const { return views_.size(); }

 private:
  struct Amounts {
    Fen current_year, carryover, family;
  };
  struct View {
    Epoch epoch;
    Sequence sequence;
    Sequence details_sequence;  // of the last change of details, or a later one
    CivilDate until, details_until;
    std::vector<Amounts> amounts;
    std::string who;         // the persons' ids, then their details (hot_view_text.hpp)
    bool looked_at = false;  // since the hand last came by
  };
  // False when this state does not say enough.
  static bool update(View& view, const HotHousehold& state);
  void take_place(HouseholdId household);

  const std::size_t households_max_;
  std::unordered_map<HouseholdId, View> views_;
  std::vector<HouseholdId> ring_;  // everybody in views_, and some who were forgotten
  std::size_t hand_ = 0;           // where in the ring to look next for one that may go
};

}  // namespace gongji::actors
