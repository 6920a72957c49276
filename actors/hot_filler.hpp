// Fills the copy, whole or from a record on, a limited number of households a second, while
// settlements go on. What readers see of a household it knows (hot_views.hpp), or reads from the
// store: no household wakes up for it. What waits in the backlog of a household goes with it, so
// that it is written once; the caller must fill again, from before, when a filling broke off. Used
// by the projector's thread only.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "actors/hot_backlog.hpp"
#include "actors/hot_views.hpp"
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
  HotFiller(Ports ports, HotBacklog& backlog, HotViews& views, HotWriter& writer, Epoch epoch,
            unsigned households_per_s);

  // Called after each batch with the households done so far; false ends the work. May pause.
  using Between = std::function<bool(std::size_t done)>;

  // These households, as they are now.
  bool write(const std::vector<HouseholdId>& households, const Between& between);
  // All that changed after this record (none: all there are), of each what changed.
  bool write_all(Sequence after, const Between& between);
  // Which households changed after `from`, up to `until` or until there are many; `from` moves to
  // the last record looked at. Nothing when the journal cannot be read.
  std::optional<std::vector<HouseholdId>> changed_after(Sequence& from, Sequence until);

  // Names the journal by its first record; "" while it has none.
  [[nodiscard]] std::string journal_name() const;
  [[nodiscard]] HouseholdId next_household() const { return ports_.index.next_household(); }
  // How long to pause so that no more than the allowed households a second are written.
  [[nodiscard]] std::chrono::milliseconds ahead_by() const;

 private:
  bool write_batch(const std::vector<HouseholdId>& households, Sequence after);
  // False: it cannot be read. Nothing in `batch` for one that did not change or was never used.
  bool gather(HouseholdId household, Sequence after, Instant now, std::vector<HotHousehold>& batch);
  bool read(HouseholdId household, Instant now, std::vector<HotHousehold>& batch);

  const Ports ports_;
  HotBacklog& backlog_;
  HotViews& views_;
  HotWriter& writer_;
  const Epoch epoch_;
  const unsigned households_per_s_;
  std::chrono::steady_clock::time_point began_;
  std::size_t done_ = 0;
};

}  // namespace gongji::actors
