// 2206, 2207 (outpatient) and 2303, 2304 (inpatient): one bill of a visit or stay in `data`.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

Result<Reading, Refusal> read_hospital_quote(const ReadContext& context);
Result<Reading, Refusal> read_outpatient_settlement(const ReadContext& context);
Result<Reading, Refusal> read_inpatient_settlement(const ReadContext& context);

}  // namespace gongji::gateway::wire
