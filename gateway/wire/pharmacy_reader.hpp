// 2101 and 2102: a pharmacy sale, `druginfo` and its lines `drugdetail`.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

Result<Reading, Refusal> read_pharmacy_quote(const ReadContext& context);
Result<Reading, Refusal> read_pharmacy_sale(const ReadContext& context);

}  // namespace gongji::gateway::wire
