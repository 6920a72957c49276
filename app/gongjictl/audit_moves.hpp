// Audit: everybody lives in one household, and who leaves for another one, alone, in part or whole,
// takes along exactly what is his and arrives with it, once. Money on the way between two
// households is allowed only where the journal ends before a restart could have delivered it.
#pragma once

#include <unordered_map>

#include "app/gongjictl/audit.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

class MoveCheck {
 public:
  // Every record, also of no household: after a restart, arrivals come before anything else.
  void see(const JournalRecord& record);
  // `before`: the record's household as it stood.
  void check(const Household& before, const JournalRecord& record, AuditTotals& totals,
             ProblemList& problems);
  void finish(AuditTotals& totals, ProblemList& problems);

 private:
  struct OpenMove {
    HouseholdId from;
    HouseholdId to;
    Household contents;
    Epoch epoch;
  };

  void enrol(const JournalRecord& record, const Person& person, ProblemList& problems);
  void depart(const Household& before, const JournalRecord& record, const HouseholdDeparted& event,
              ProblemList& problems);
  void arrive(const JournalRecord& record, const ContentsArrived& event, ProblemList& problems);
  void settle_in(const JournalRecord& record, const ContentsArrived& event, ProblemList& problems);

  std::unordered_map<PersonId, HouseholdId> homes_;  // none = on the way
  std::unordered_map<Sequence, OpenMove> open_;      // by the record of the departure
  Epoch served_;  // the last epoch in which anything but an arrival happened
};

}  // namespace gongji::ctl
