// Audit: a reversal returns exactly what its settlement took, at most once while it is not
// re-applied (GX-05, GX-14).
#pragma once

#include <unordered_set>

#include "app/gongjictl/audit.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

class ReversalCheck {
 public:
  explicit ReversalCheck(const JournalStore& journal) : journal_(journal) {}
  void check(const JournalRecord& record, ProblemList& problems);

 private:
  [[nodiscard]] std::string objection(const JournalRecord& record);
  // The legs the settlement took, or nothing and a sentence.
  [[nodiscard]] std::string check_legs(const JournalRecord& record, Sequence original,
                                       const std::vector<Leg>& moved) const;

  const JournalStore& journal_;
  std::unordered_set<Sequence> reversed_;  // settlements that do not stand now
};

}  // namespace gongji::ctl
