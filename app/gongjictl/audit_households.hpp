// Audit: every record folded into its household (domain/record.hpp), and the household's money
// before and after compared with what the events say.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "app/gongjictl/audit.hpp"
#include "app/gongjictl/audit_moves.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

class HouseholdCheck {
 public:
  void check(const JournalRecord& record, AuditTotals& totals, ProblemList& problems);
  // After the last record.
  void finish(AuditTotals& totals, ProblemList& problems);
  // Some household could not be followed to the end.
  [[nodiscard]] bool lost_any() const { return !lost_.empty(); }

 private:
  void fold_into(HouseholdImage& image, const JournalRecord& record, AuditTotals& totals,
                 ProblemList& problems);
  void lose(const JournalRecord& record, const std::string& why, ProblemList& problems);

  std::unordered_map<HouseholdId, HouseholdImage> images_;
  std::unordered_set<HouseholdId> lost_;
  MoveCheck moves_;
};

}  // namespace gongji::ctl
