// Audit: every record folded into its household (domain/record.hpp), the household's money before
// and after compared with what the events say, moves from one household to another, and who lives
// where at the end.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "app/gongjictl/audit.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

class HouseholdCheck {
 public:
  void check(const JournalRecord& record, AuditTotals& totals, ProblemList& problems);
  // After the last record. `epoch` is the journal's latest: a move left open in an older one was
  // never completed although the gateway was started since.
  void finish(Epoch epoch, AuditTotals& totals, ProblemList& problems);
  // Some household could not be followed to the end.
  [[nodiscard]] bool lost_any() const { return !lost_.empty(); }

 private:
  struct OpenMove {
    HouseholdId to;
    Household contents;
    Sequence departed;
    Epoch epoch;
  };

  void fold_into(HouseholdImage& image, const JournalRecord& record, AuditTotals& totals,
                 ProblemList& problems);
  void check_move(const Household& before, const JournalRecord& record, AuditTotals& totals,
                  ProblemList& problems);
  void depart(const Household& before, const JournalRecord& record, const HouseholdDeparted& event,
              ProblemList& problems);
  void arrive(const JournalRecord& record, const ContentsArrived& event, AuditTotals& totals,
              ProblemList& problems);
  void lose(const JournalRecord& record, const std::string& why, ProblemList& problems);

  std::unordered_map<HouseholdId, HouseholdImage> images_;
  std::unordered_set<HouseholdId> lost_;
  std::unordered_map<HouseholdId, OpenMove> open_moves_;  // by the household that left
};

}  // namespace gongji::ctl
