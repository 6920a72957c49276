// Supervision marks (SH-34): a settlement or a link is under review. Marks decide nothing; they are
// exported for the audit of a household.
#pragma once

#include "domain/decide.hpp"

namespace gongji {

Decision decide_review(const Household& household, const ReviewCommand& command);

}  // namespace gongji
