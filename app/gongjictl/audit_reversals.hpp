// Audit: a reversal returns exactly what its settlement took, at most once while it is not
// re-applied (GX-05, GX-14), to where the rules send it; a partial refund settles a smaller bill of
// the same patient in the same record (GX-07).
#pragma once

#include <unordered_set>

#include "app/gongjictl/audit.hpp"
#include "app/gongjictl/audit_accounts.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

class ReversalCheck {
 public:
  explicit ReversalCheck(const JournalStore& journal) : journal_(journal) {}
  // `accounts` as they stand before this record.
  void check(const JournalRecord& record, const AccountCheck& accounts, ProblemList& problems);

 private:
  [[nodiscard]] std::string objection(const JournalRecord& record,
                                      const SettlementReversed& reversed,
                                      const AccountCheck& accounts);
  [[nodiscard]] std::string objection(const JournalRecord& record,
                                      const SettlementReapplied& reapplied);
  // The settlement spoken of, or a sentence.
  [[nodiscard]] Result<Settled, std::string> settlement(const JournalRecord& record,
                                                        Sequence original) const;

  const JournalStore& journal_;
  std::unordered_set<Sequence> reversed_;  // settlements that do not stand now
};

}  // namespace gongji::ctl
