// Brings the households of several persons together, so that one actor can decide for all who share
// money: networks and bindings name persons, and money goes back to whom it came from (GX-05).
//
// The mail of all households concerned waits meanwhile. Before anything moves, the command is
// decided once over all of them as they stand; if it would be refused, the refusal is recorded and
// nobody moves. Where all households sleep, as in an import, both steps and the decision are made
// here at once, as actors/registrar.hpp does, and nobody is woken. A move that cannot go on (a
// household cannot be read, or fails again and again) is dropped: its command is answered
// "unknown", the others go on, and what had departed waits for the next recover(). Runs on the
// librarian's thread.
#pragma once

#include <memory>
#include <vector>

#include "actors/envelope.hpp"
#include "actors/household_desk.hpp"
#include "actors/transfers.hpp"
#include "ports/institutions.hpp"

namespace gongji::actors {

// Everybody a command concerns; the one in whose household it is decided comes first.
std::vector<PersonId> concerned(const Envelope& mail);

class Mover {
 public:
  using ToPerson = Lookups::ToPerson;
  Mover(const HouseholdTools& tools, Roster& roster, Lookups& lookups, Transfers& transfers,
        std::shared_ptr<WorkerThread> librarian, ToPerson to_person);

  // Any thread. The command is decided in the household of its subject once everybody it concerns
  // is there.
  void gather(const EnvelopePtr& mail);

 private:
  struct Move;
  using MovePtr = std::shared_ptr<Move>;
  void begin(const EnvelopePtr& mail);
  bool plan(Move& move, const EnvelopePtr& mail);
  void look(const MovePtr& move);
  static bool all_there(const Move& move);
  bool decide(Move& move);
  void judge(const MovePtr& move);
  std::vector<HouseholdImage> sleeping(const Move& move);
  bool decide_asleep(Move& move);
  void move_asleep(Move& move, std::vector<HouseholdImage> images);
  bool step_by_step(Move& move, std::vector<HouseholdImage> images);
  void next(const MovePtr& move);
  void finish(const MovePtr& move);

  const HouseholdTools& tools_;
  Roster& roster_;
  Lookups& lookups_;
  Transfers& transfers_;
  const std::shared_ptr<WorkerThread> librarian_;
  ToPerson to_person_;
};

}  // namespace gongji::actors
