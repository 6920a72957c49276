// Hot balances: a copy of every balance for those who only want to read (apps, balance queries,
// other gateways). Never asked for a decision; losing it costs freshness, never money.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/money.hpp"
#include "domain/person.hpp"
#include "domain/result.hpp"
#include "domain/time.hpp"
#include "ports/journal_store.hpp"

namespace gongji {

// Who a person is, as far as a balance query shows it.
struct HotDetails {
  PersonCard card;
  InsuredStatus status = InsuredStatus::kNormal;
  AccountState account_state = AccountState::kUsable;
  std::string role;          // "ORGANISER", "MEMBER" or ""
  bool has_network = false;  // of his own, perhaps without members
  CivilDate until;           // the last day on which `role` holds without a new record
  bool operator==(const HotDetails&) const = default;
};

struct HotPerson {
  PersonId id;
  Fen current_year;
  Fen carryover;
  Fen family;                              // what he may draw from family funds now
  bool touched = true;                     // false: his own entry stays as it is
  std::optional<HotDetails> details = {};  // when they may have changed
  bool operator==(const HotPerson&) const = default;
};

// All balances of one household as of one record. (epoch, sequence) orders what was projected: a
// newer state is never replaced by an older one, whoever sends it and in whatever order.
struct HotHousehold {
  HouseholdId household;
  Epoch epoch;
  Sequence sequence;
  CivilDate until;  // the last day on which `family` holds without a new record
  std::vector<HotPerson> persons;
  bool operator==(const HotHousehold&) const = default;
};
using HotBatch = std::shared_ptr<const std::vector<HotHousehold>>;

// Up to which record of which journal the copy is complete.
struct HotMarker {
  std::string journal;  // names the journal; two with equal sequence numbers must not be mixed up
  Epoch epoch;
  Sequence sequence;
  bool operator==(const HotMarker&) const = default;
};

struct HotApplied {
  std::size_t refused_older = 0;  // households that were newer in the copy
  std::uint64_t bytes = 0;        // sent
};

struct HotPersonFound {
  HouseholdId household;
  Epoch epoch;
  Sequence sequence;  // the last record that touched him, or a later one
  Fen current_year;
  Fen carryover;
  HotDetails details;
};

template <class T>
using HotThen = std::function<void(Result<T, StoreError>)>;

// Implementations: stores/memory, stores/redis over one server, Sentinel and Cluster. One contract
// suite. Any thread; nothing here blocks. `then` is called exactly once, on a thread of the
// implementation or before the call returns, within its time limits; it must not block. An error
// of a write means that nobody knows what was written: write again later.
class HotBalances {
 public:
  virtual ~HotBalances() = default;

  // Applies each household, and each of its touched persons, if it is newer than what is there.
  virtual void apply(HotBatch households, HotThen<HotApplied> then) = 0;
  // As apply(), for filling: much cheaper, because instead of the order of every entry it is
  // checked once that the marker stands at `fence`; where it does not, nothing is written and that
  // is an error. In between nobody else may move it. For the owner only, who knows of nothing
  // newer. A household without persons may have no entry afterwards.
  virtual void fill(HotBatch households, HotMarker fence, HotThen<HotApplied> then) = 0;

  // Nothing when the copy was never complete (new or emptied). When the copy lies on several
  // servers, the oldest of their markers. One of another layout has no journal's name.
  virtual void find_marker(HotThen<std::optional<HotMarker>> then) = 0;
  // Says that everything up to `to` was applied. With `from`, only if the marker still stands
  // there: false means that somebody emptied, restored or took over the copy meanwhile. False also
  // when a newer owner of the same journal marked it.
  virtual void move_marker(std::optional<HotMarker> from, HotMarker to, HotThen<bool> then) = 0;
  // Removes everything that is ours, the marker first.
  virtual void clear(HotThen<Done> then) = 0;

  // Nothing when the person is not there, or when the copy he was read from is marked older than
  // `at_least` (no sequence: whatever it says).
  virtual void find_person(const PersonId& person, HotMarker at_least,
                           HotThen<std::optional<HotPersonFound>> then) = 0;
  // For those who compare the copy with the journal; `touched` and `details` are not filled.
  virtual void find_household(HouseholdId household, HotThen<std::optional<HotHousehold>> then) = 0;
};

}  // namespace gongji
