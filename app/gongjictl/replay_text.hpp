// `gongjictl replay` in words: one decision, what came of all, and the household at the end.
#pragma once

#include <string>

#include "app/gongjictl/replay.hpp"

namespace gongji::ctl {

// The record and how it came out again: "… [SH-2025] as recorded". `proposed`: what was and what
// would be, on two lines.
std::string replayed_text(const Replayed& replayed, bool proposed);
std::string replay_summary(const ReplayResult& result, bool proposed);
// Who lives there with what, and who pays for whom. `person` may be on the way to another one.
std::string household_text(const Household& household, const PersonId& person, Sequence after);

}  // namespace gongji::ctl
