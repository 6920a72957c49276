// Fills the copy from the journal, whole or from a record on, a limited number of households a
// second, while settlements go on. Reads the store only: no household wakes up for it. Used by the
// projector's thread only.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "actors/hot_writer.hpp"
#include "ports/hot_balances.hpp"
#include "ports/institutions.hpp"
#include "ports/journal_index.hpp"
#include "ports/journal_store.hpp"

namespace gongji::actors {

class HotFiller {
 public:
  struct Ports {
    JournalStore& journal;
    JournalIndex& index;
    const PolicySource& policies;
  };
  HotFiller(Ports ports, HotWriter& writer, Epoch epoch, unsigned households_per_s);

  // Called after each batch with the households done so far; false ends the work. May pause.
  using Between = std::function<bool(std::size_t done)>;

  // These households, as the store has them now.
  bool write(const std::vector<HouseholdId>& households, const Between& between);
  // All there are.
  bool write_all(const Between& between);
  // Which households changed after `from`, up to `until` or until there are many; `from` moves to
  // the last record looked at. Nothing when the journal cannot be read.
  std::optional<std::vector<HouseholdId>> changed_after(Sequence& from, Sequence until);

  // Names the journal by its first record; "" while it has none.
  [[nodiscard]] std::string journal_name() const;
  [[nodiscard]] HouseholdId next_household() const { return ports_.index.next_household(); }
  // How long to pause so that no more than the allowed households a second are written.
  [[nodiscard]] std::chrono::milliseconds ahead_by() const;

 private:
  bool write_batch(std::vector<HouseholdId> households);

  const Ports ports_;
  HotWriter& writer_;
  const Epoch epoch_;
  const unsigned households_per_s_;
  std::chrono::steady_clock::time_point began_;
  std::size_t done_ = 0;
};

}  // namespace gongji::actors
