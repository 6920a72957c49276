// Content negotiation: which of the types we have does an Accept header want most? (RFC 9110,
// section 12.5.1; parameters other than q are ignored.)
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace gongji::gateway::rest {

// The place in `offered` of the best one: highest q, then our own order. An empty header accepts
// everything. Nothing when none will do.
std::optional<std::size_t> best_accepted(std::string_view accept,
                                         std::span<const std::string_view> offered);

}  // namespace gongji::gateway::rest
