// How each line was cut into own-pay and in-scope parts, from the canonical text that has them:
// `detlcutinfo` of a pharmacy sale, `result` of a hospital's fees.
#pragma once

#include <string_view>

#include "gateway/json/json_writer.hpp"

namespace gongji::gateway::wire {

struct FeeLines {
  std::string_view sent;       // the list in the message
  std::string_view answered;   // the list in the answer
  std::string_view item_type;  // med_chrgitm_type: nobody tells us what a line is
};
constexpr FeeLines kSaleLines{"drugdetail", "detlcutinfo", "09"};  // medicine
constexpr FeeLines kVisitFees{"feedetail", "result", "14"};        // other

// `full_own_pay` is the bill's. What no line claims of it is shown on the last lines, so that the
// lines add up to the bill.
void write_fee_lines(json::JsonWriter& out, const FeeLines& lines, std::string_view business_input,
                     Fen full_own_pay);

}  // namespace gongji::gateway::wire
