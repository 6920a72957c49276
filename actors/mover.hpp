// Brings the households of several persons together, so that one actor can decide for all who share
// money. A move has two journaled steps, departure and arrival; a crash between them leaves the
// contents in the departure's record, and recover() delivers them (architecture, decision 1).
//
// The mail of all households concerned waits meanwhile. Before anything moves, the command is
// decided once over all of them as they stand; if it would be refused, the refusal is recorded and
// nobody moves. A move that cannot go on (a household cannot be read, or fails again and again) is
// dropped: its command is answered "unknown", the others go on, and what had departed waits for the
// next recover(). Runs on the librarian's thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "actors/envelope.hpp"
#include "actors/lookups.hpp"
#include "actors/roster.hpp"
#include "actors/worker_thread.hpp"
#include "ports/institutions.hpp"
#include "ports/journal_index.hpp"
#include "ports/journal_store.hpp"

namespace gongji::actors {

class Mover {
 public:
  using ToPerson = Lookups::ToPerson;
  Mover(JournalStore& store, JournalIndex& index, const PolicySource& policies, Roster& roster,
        Lookups& lookups, std::shared_ptr<WorkerThread> librarian, ToPerson to_person);

  // Any thread. The command (form a network, bind a member) is decided in the organiser's household
  // once everybody it names is there.
  void gather(const EnvelopePtr& mail);

  // Blocks until every interrupted move is finished. False when one could not be.
  bool recover();

  // Drops what waits for a move to end. Only after the librarian stopped.
  void clear() { postponed_.clear(); }

 private:
  struct Move;
  using MovePtr = std::shared_ptr<Move>;
  using Then = std::function<void(const RecordPtr& applied)>;
  void begin(const EnvelopePtr& mail);
  bool plan(Move& move, const EnvelopePtr& mail);
  bool in_use(const Move& move) const;
  bool lock(Move& move);
  void look(const MovePtr& move);
  void judge(const MovePtr& move);
  void next(const MovePtr& move);
  void depart(const MovePtr& move);
  Household contents_departed(HouseholdId from);
  void arrive(const MovePtr& move, Household contents);
  void finish(const MovePtr& move);
  void unlock(const std::vector<HouseholdId>& households);
  void abandon(const std::vector<HouseholdId>& households, HouseholdId departed);
  bool deliver(const OpenTransfer& open);
  // Sends an internal command to a household and calls `then` on the librarian's thread with its
  // record, or with null when it cannot be done. Repeats it when the household failed meanwhile:
  // both steps may be repeated.
  void ask(HouseholdId household, const Command& command, Instant at, const Then& then,
           unsigned attempts = 5);

  JournalStore& store_;
  JournalIndex& index_;
  const PolicySource& policies_;
  Roster& roster_;
  Lookups& lookups_;
  const std::shared_ptr<WorkerThread> librarian_;
  ToPerson to_person_;
  std::vector<HouseholdId> locked_;     // librarian's thread only
  std::vector<EnvelopePtr> postponed_;  // wait for a locked household
};

}  // namespace gongji::actors
