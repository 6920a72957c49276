// 2103, 2208, 2305: the negative record of a settlement taken back as a whole.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

// The original of the answer must be there.
void write_cancel(json::JsonWriter& out, const RecordedAnswer& answer);

}  // namespace gongji::gateway::wire
