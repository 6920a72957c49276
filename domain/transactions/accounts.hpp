// Money into and out of one account beside settlements and contributions: credits, the core's own
// use, the year-end roll, closing; and what changes about the person (SH-33…37, SX-04, 19, 20, 23).
#pragma once

#include "domain/decide.hpp"

namespace gongji {

Decision decide_credit(const Household& household, const CreditCommand& command,
                       const Context& context);
Decision decide_debit(const Household& household, const DebitCommand& command);
// Posted once per account and year; nothing to do (no events) for accounts without a roll, and for
// a year rolled before.
Decision decide_roll(const Household& household, const RollYearCommand& command,
                     const Context& context);
Decision decide_transfer_out(const Household& household, const TransferOutCommand& command);
// Nothing changes; the record tells who looked, and on whose behalf (SH-37).
Decision decide_view(const Household& household, const ViewAccountCommand& command);
Decision decide_change_person(const Household& household, const ChangePersonCommand& command);

}  // namespace gongji
