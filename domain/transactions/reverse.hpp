// Undoing settlements in full: cancels (2103, 2208, 2305), reversals (2601) and the reversal of a
// cancel (GX-14).
#pragma once

#include "domain/decide.hpp"

namespace gongji {

// GX-05: always accepted for a settlement that stands, whatever became of the network since.
Decision decide_reverse(const Household& household, const ReverseCommand& command,
                        const Context& context);
// GX-14: only if every part is still payable from the same bucket and link.
Decision decide_reapply(const Household& household, const ReapplyCommand& command,
                        const Context& context);

}  // namespace gongji
