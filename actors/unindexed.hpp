// Households that were decided without an actor (actors/registrar.hpp, actors/mover.hpp) and whose
// last records the index does not know yet: who asks for them meanwhile finds them here.
// Librarian's thread only.
#pragma once

#include <deque>
#include <optional>
#include <unordered_map>

#include "actors/inflight.hpp"
#include "domain/record.hpp"

namespace gongji::actors {

class Unindexed {
 public:
  // The household as its last record leaves it.
  void remember(const HouseholdImage& image);
  // Everything that the index knows by now.
  void forget(Sequence indexed);
  // The last record of any; none when all are forgotten.
  [[nodiscard]] Sequence newest() const { return order_.empty() ? Sequence{} : order_.back().at; }

  [[nodiscard]] std::optional<HouseholdId> household_of(const PersonId& person) const;
  [[nodiscard]] const HouseholdImage* find(HouseholdId household) const;
  // Its actor was made from here: it stays in memory at least as long as the image does, because a
  // snapshot of what may not be durable must not be stored.
  void keep(HouseholdId household, InflightToken awake);

 private:
  struct Household {
    HouseholdImage image;
    InflightToken awake;
  };
  struct Place {
    Sequence at;
    HouseholdId household;
  };
  void drop(std::unordered_map<HouseholdId, Household>::iterator household);

  std::deque<Place> order_;  // of every image, by sequence
  std::unordered_map<HouseholdId, Household> households_;
  std::unordered_map<PersonId, HouseholdId> persons_;
};

}  // namespace gongji::actors
