// Which rules of docs/rules.md stand behind a reason: what an explanation names beside the words.
// Total over the enum; reasons about messages and callers have no rule.
#pragma once

#include <span>
#include <string_view>

#include "domain/reason.hpp"

namespace gongji::gateway::rest {

// "SH-24", …; lives as long as the program.
std::span<const std::string_view> rules_of(Reason reason);

}  // namespace gongji::gateway::rest
