// Takes a household apart once its persons are no longer connected, so that families stay small and
// each person's mail waits only for those he shares money with. Housekeeping: a household that was
// not split is as right as one that was. Runs on the librarian's thread.
#pragma once

#include <memory>

#include "actors/transfers.hpp"

namespace gongji::actors {

class Splitter {
 public:
  Splitter(Roster& roster, Lookups& lookups, Transfers& transfers,
           std::shared_ptr<WorkerThread> librarian);

  // Any thread. Looks whether the household falls into parts; those after the first move out, each
  // into a household of its own. One that left memory meanwhile is looked at when it comes back.
  void consider(HouseholdId household);

 private:
  struct Split;
  using SplitPtr = std::shared_ptr<Split>;
  void begin(HouseholdId household);
  void move_out(const SplitPtr& split);

  Roster& roster_;
  Lookups& lookups_;
  Transfers& transfers_;
  const std::shared_ptr<WorkerThread> librarian_;
};

}  // namespace gongji::actors
