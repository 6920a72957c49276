// What is derived from the journal to find things in it: message and business keys, who lives in
// which household, where a household's records end, and snapshots. Losing it costs time, never
// money: opening the store brings it up to the journal's head.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/marks.hpp"
#include "domain/record.hpp"
#include "ports/journal_store.hpp"

namespace gongji {

// A move (merge or split) whose first step is durable and whose second is not.
struct OpenTransfer {
  HouseholdId from;
  HouseholdId to;
  Sequence departed;  // the record of step one
};

// Implementations: stores/memory, stores/rocksdb. Same contract suite as the journal.
class JournalIndex {
 public:
  virtual ~JournalIndex() = default;

  // Makes durable records findable. Called by the journal writer after append(), in order. What was
  // appended but not yet indexed is not found by the methods below; the caller holds the claims on
  // those keys and persons meanwhile (architecture, decision 9). Needs no sync of its own.
  virtual Status<StoreError> index(std::span<const RecordPtr> records) = 0;

  // Any thread; usually no disk access.
  [[nodiscard]] virtual Result<std::optional<Sequence>, StoreError> find_key(
      const KeyHash& key) const = 0;
  // Whom the key's record enrolled; nobody when there is no such key, or its record is no
  // enrolment. Any thread; may read the disk.
  [[nodiscard]] virtual Result<std::optional<PersonId>, StoreError> find_enrolled(
      const KeyHash& key) const = 0;
  // Any thread; may read the disk.
  [[nodiscard]] virtual Result<std::optional<HouseholdId>, StoreError> find_person(
      const PersonId& person) const = 0;

  // The household's last record; none for an unknown one. Any thread; may read the disk.
  [[nodiscard]] virtual Result<std::optional<Sequence>, StoreError> find_newest(
      HouseholdId household) const = 0;
  // Open marks (domain/marks.hpp) after `after`, in order, at most `limit`. Any thread; may read
  // the disk.
  [[nodiscard]] virtual Result<std::vector<Sequence>, StoreError> marked(
      MarkKind kind, Sequence after, std::size_t limit) const = 0;
  // All persons in the order of their ids, from the one after `after` ("" = the first), at most
  // `limit`. Who enters the books meanwhile may be missed. Any thread; may read the disk.
  [[nodiscard]] virtual Result<std::vector<PersonId>, StoreError> persons_after(
      const PersonId& after, std::size_t limit) const = 0;
  // About how many persons there are, for progress. Any thread.
  [[nodiscard]] virtual std::uint64_t persons_estimate() const = 0;

  // Latest snapshot plus the records after it, folded. An unknown household gives an image with no
  // persons and no last sequence. An error means the journal contradicts itself: never settle on
  // it.
  [[nodiscard]] virtual Result<HouseholdImage, StoreError> load(HouseholdId household) const = 0;

  // Best effort; an older image than the one stored is ignored. Any thread.
  virtual void save_snapshot(const HouseholdImage& image) = 0;

  [[nodiscard]] virtual std::vector<OpenTransfer> open_transfers() const = 0;
  // One above the highest household id ever used.
  [[nodiscard]] virtual HouseholdId next_household() const = 0;
};

}  // namespace gongji
