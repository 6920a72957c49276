// Brings the households of several persons together, so that one actor can decide for all who share
// money. A move has two journaled steps, departure and arrival; a crash between them leaves the
// contents in the departure's record, and recover() delivers them (architecture, decision 1).
//
// Before anything moves, the command is decided once over all the households as they stand; if it
// would be refused, the refusal is recorded and nobody moves. Runs on the librarian's thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "actors/envelope.hpp"
#include "actors/lookups.hpp"
#include "actors/roster.hpp"
#include "actors/worker_thread.hpp"
#include "ports/institutions.hpp"

namespace gongji::actors {

class Mover {
 public:
  using ToPerson = Lookups::ToPerson;
  Mover(JournalStore& store, JournalIndex& index, const PolicySource& policies, Roster& roster,
        Lookups& lookups, WorkerThread& librarian, ToPerson to_person);

  // Any thread. The command (form a network, bind a member) is decided in the organiser's household
  // once everybody it names is there.
  void gather(const EnvelopePtr& mail);

  // Blocks until every interrupted move is finished. False when one could not be.
  bool recover();

 private:
  struct Move;
  using MovePtr = std::shared_ptr<Move>;
  void begin(const EnvelopePtr& mail);
  bool lock(const MovePtr& move);
  void look(const MovePtr& move);
  void judge(const MovePtr& move);
  void next(const MovePtr& move);
  void depart(const MovePtr& move);
  void arrive(const MovePtr& move, Household contents);
  void finish(const MovePtr& move);
  // Sends an internal command to a household and calls `then` on the librarian's thread with its
  // record; repeats it when the household failed meanwhile (both steps may be repeated).
  void ask(HouseholdId household, Command command, std::function<void(RecordPtr)> then);

  JournalStore& store_;
  JournalIndex& index_;
  const PolicySource& policies_;
  Roster& roster_;
  Lookups& lookups_;
  WorkerThread& librarian_;
  ToPerson to_person_;
  std::vector<HouseholdId> locked_;    // librarian's thread only
  std::deque<EnvelopePtr> postponed_;  // wait for a locked household
};

}  // namespace gongji::actors
