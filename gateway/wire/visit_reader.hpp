// 2201 … 2205: what an institution says of a visit before it settles it. Read only to be kept: the
// person, the visit and well-formed amounts are all that is asked of it.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

Result<Reading, Refusal> read_registration(const ReadContext& context);
Result<Reading, Refusal> read_withdrawal(const ReadContext& context);
Result<Reading, Refusal> read_diagnoses(const ReadContext& context);
Result<Reading, Refusal> read_fees(const ReadContext& context);
Result<Reading, Refusal> read_dropped_fees(const ReadContext& context);

}  // namespace gongji::gateway::wire
