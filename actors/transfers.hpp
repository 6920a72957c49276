// Moving persons with everything that is theirs between two households: two journaled steps,
// departure and arrival. A crash between them leaves the contents in the departure's record, and
// recover() delivers them (architecture, decision 1).
//
// A household takes part in one move at a time: while it is held its mail waits. Librarian's thread
// only, but for recover().
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "actors/lookups.hpp"
#include "actors/roster.hpp"
#include "actors/worker_thread.hpp"
#include "ports/journal_index.hpp"
#include "ports/journal_store.hpp"

namespace gongji::actors {

// A command of ours: nobody sent it, nobody waits longer than it takes.
EnvelopePtr internal_mail(Command command, Instant at);

class Transfers {
 public:
  Transfers(JournalStore& store, JournalIndex& index, Roster& roster, Lookups& lookups,
            std::shared_ptr<WorkerThread> librarian);

  // ---- holding ----
  [[nodiscard]] bool in_use(const std::vector<HouseholdId>& households) const;
  // Somebody set out to one of these, and his move broke off: until a restart finishes it they may
  // not move on themselves, or he would never arrive. Not within a turn.
  [[nodiscard]] bool awaiting(const std::vector<HouseholdId>& households) const;
  // Held one after the other; `held` tells which, also when one cannot be read (false).
  bool hold(const std::vector<HouseholdId>& wanted, std::vector<HouseholdId>& held);
  void hold_fresh(HouseholdId fresh, std::vector<HouseholdId>& held);
  // Sets them free; what waited for one of them is tried again.
  void let_go(const std::vector<HouseholdId>& held);
  // Runs `job` when some household was let go.
  void postpone(std::function<void()> job) { postponed_.push_back(std::move(job)); }

  // ---- moving ----
  // Looks at a held household.
  void look(HouseholdId household, std::function<void(const HouseholdImage& image)> then);
  // Both steps. `persons` empty: everybody, and `from` is empty and forgotten afterwards. `then` is
  // called when the contents have arrived, and dropped when that cannot be done.
  void move(HouseholdId from, HouseholdId to, const std::vector<PersonId>& persons, Instant at,
            std::function<void()> then);
  // The move broke off after its departure: nobody can say anything about these until a restart.
  // `persons` and `to` as in move().
  void lose(HouseholdId from, HouseholdId to, const std::vector<PersonId>& persons);

  // Blocks until every interrupted move is finished. False when one could not be.
  bool recover();
  void clear() { postponed_.clear(); }  // only after the librarian stopped

 private:
  using Then = std::function<void(const RecordPtr& applied)>;
  // Sends an internal command and calls `then` on the librarian's thread with its record, or with
  // null when it cannot be done. Repeats it when the household failed meanwhile: both steps may be
  // repeated.
  void ask(HouseholdId household, const Command& command, Instant at, const Then& then,
           unsigned attempts = 5);
  RecordPtr departure_from(HouseholdId from, HouseholdId to, const RecordPtr& answer);
  bool deliver(const OpenTransfer& open);

  JournalStore& store_;
  JournalIndex& index_;
  Roster& roster_;
  Lookups& lookups_;
  const std::shared_ptr<WorkerThread> librarian_;
  std::vector<HouseholdId> locked_;
  std::vector<std::function<void()>> postponed_;
};

}  // namespace gongji::actors
