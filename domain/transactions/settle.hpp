// Settling a bill: own account, then family funds in order of registration, then cash.
#pragma once

#include "domain/decide.hpp"

namespace gongji {

// The settlement as it would be posted now; quotes and settlements share it, so a quote shows what
// a settlement would do (GX-02). Only the message itself can be refused here (card, amounts); fund
// problems give a zero family share and a reason.
Result<Settled, Refusal> would_settle(const Household& household, const SettleCommand& command,
                                      const Context& context);

Decision decide_settle(const Household& household, const SettleCommand& command,
                       const Context& context);

// What personal accounts may pay of a bill, after the pooled part and the core's own current-year
// step. Negative when the parts contradict each other.
Fen payable_by_accounts(const BillParts& parts, const Profile& profile, Channel channel,
                        CivilDate day);

}  // namespace gongji
