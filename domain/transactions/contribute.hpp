// Contributions: a premium or a commercial product for a member, whole or nothing, at the profile's
// price (SH-26, 43, 44, SX-27…33, 41, GX-15). Special groups wait for the tax side first; no money
// is held meanwhile.
#pragma once

#include "domain/decide.hpp"

namespace gongji {

// Checks in the fixed order: network, window, status, mode, purpose and price, who may order,
// already paid, tax pending, money (floor and fund before quota).
Decision decide_contribute(const Household& household, const ContributeCommand& command,
                           const Context& context);
Decision decide_answer_tax(const Household& household, const AnswerTaxCommand& command,
                           const Context& context);
Decision decide_answer_insurer(const Household& household, const AnswerInsurerCommand& command,
                               const Context& context);

}  // namespace gongji
