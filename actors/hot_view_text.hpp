// Who a household's persons are, in one piece of memory: their ids, then their details. For this
// process only; never stored or sent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ports/hot_balances.hpp"

namespace gongji::actors {

// All persons must have details.
std::string pack_persons(const std::vector<HotPerson>& persons);
// Whether `text` is of exactly these persons in this order.
bool is_of(std::string_view text, const std::vector<HotPerson>& persons);
// `persons` has as many as were packed; gets their ids, and their details if wanted.
void unpack_persons(std::string_view text, bool details, std::vector<HotPerson>& persons);

}  // namespace gongji::actors
