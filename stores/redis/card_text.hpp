// A person's details as one text in Redis (docs/formats/redis.md): a line with epoch and sequence,
// then a line for each detail. One value is a fraction of the work of a hash with fifteen fields.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ports/hot_balances.hpp"

namespace gongji::stores {

std::string card_text(Epoch epoch, Sequence sequence, const HotDetails& details);
// Nothing when a line is missing or not of this layout.
std::optional<HotDetails> details_in(std::string_view text);

}  // namespace gongji::stores
