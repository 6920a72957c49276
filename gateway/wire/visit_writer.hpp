// 2201 … 2205: a registration answers the number of the visit, fees are answered line by line, the
// rest with nothing.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

void write_registration(json::JsonWriter& out, const RecordedAnswer& answer);
void write_fees(json::JsonWriter& out, const RecordedAnswer& answer);

}  // namespace gongji::gateway::wire
