// 2601 and 2602: both name another message of the same institution, one to undo it, one to ask what
// became of it.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

Result<Reading, Refusal> read_undo(const ReadContext& context);
Result<Reading, Refusal> read_message_query(const ReadContext& context);

}  // namespace gongji::gateway::wire
