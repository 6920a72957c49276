// 2103, 2208 and 2305: the whole settlement that a setl_id names, taken back.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

Result<Reading, Refusal> read_cancel(const ReadContext& context);

}  // namespace gongji::gateway::wire
