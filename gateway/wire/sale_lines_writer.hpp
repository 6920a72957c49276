// `detlcutinfo`: how each line of a pharmacy sale was cut into own-pay and in-scope parts, from the
// canonical text of the sale.
#pragma once

#include <string_view>

#include "gateway/json/json_writer.hpp"

namespace gongji::gateway::wire {

// `full_own_pay` is the sale's. What no line claims of it is shown on the last lines, so that the
// lines add up to the sale.
void write_sale_lines(json::JsonWriter& out, std::string_view business_input, Fen full_own_pay);

}  // namespace gongji::gateway::wire
