// Undoing settlements in full: cancels (2103, 2208, 2305), reversals (2601) and the reversal of a
// cancel (GX-14).
#pragma once

#include "domain/decide.hpp"

namespace gongji {

// Where money goes that was taken before.
struct Returned {
  std::vector<Leg> returned;
  std::vector<Leg> suspense;  // of closed accounts (GX-09)
};
// Every leg to the bucket it came from, or to carry-over when its year was rolled since (GX-08).
// All owners must be in the household.
Returned give_back(const Household& household, const std::vector<Leg>& legs);

// The persons whose money a record moved: they must be in one household before it is reversed.
std::vector<PersonId> owners_in(const JournalRecord& record);

// GX-05: always accepted for a settlement that stands, whatever became of the network since.
Decision decide_reverse(const Household& household, const ReverseCommand& command,
                        const Context& context);
// GX-14: only if every part is still payable from the same bucket and link.
Decision decide_reapply(const Household& household, const ReapplyCommand& command,
                        const Context& context);
// GX-07: both or neither.
Decision decide_partial_refund(const Household& household, const PartialRefundCommand& command,
                               const Context& context);

}  // namespace gongji
