// Hot balances: a copy of every balance for programs that only want to read (apps, balance queries,
// other gateways). Never asked for a decision; losing it costs freshness, never money.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/ids.hpp"
#include "domain/money.hpp"
#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji {

struct HotPerson {
  PersonId id;
  Fen current_year;
  Fen carryover;
  Fen family;  // what he may draw from family funds now
  bool operator==(const HotPerson&) const = default;
};

// All balances of one household as of one record. (epoch, sequence) orders what was projected: a
// newer state is never replaced by an older one, whoever sends it and in whatever order.
struct HotHousehold {
  HouseholdId household;
  Epoch epoch;
  Sequence sequence;
  std::vector<HotPerson> persons;
  bool operator==(const HotHousehold&) const = default;
};

struct HotPersonFound {
  HouseholdId household;
  Epoch epoch;
  Sequence sequence;
  Fen current_year;
  Fen carryover;
};

// Implementations: stores/memory, stores/redis. One contract suite. Called by the projector's
// thread only; may block for as long as its own time-outs say.
class HotBalances {
 public:
  virtual ~HotBalances() = default;

  // Applies each household if it is newer than what is there. Returns how many were older and
  // refused. An error means that nobody knows what was applied: apply again later.
  virtual Result<std::size_t, StoreError> apply(std::span<const HotHousehold> households) = 0;

  // Up to which record the copy is complete; nothing when it never was (a new or emptied Redis).
  // A marker older than the last one set means a Redis that went back in time.
  virtual Result<std::optional<Sequence>, StoreError> marker() = 0;
  // After everything was projected: complete up to `to`, whatever the marker said before.
  virtual Status<StoreError> set_marker(Epoch epoch, Sequence to) = 0;
  // After a write: moves the marker on, only if it still stands where the caller left it. False
  // when it does not: somebody emptied, restored or took over the hot balances meanwhile.
  virtual Result<bool, StoreError> advance_marker(Epoch epoch, Sequence from, Sequence to) = 0;

  virtual Result<std::optional<HotPersonFound>, StoreError> read(const PersonId& person) = 0;
};

}  // namespace gongji
