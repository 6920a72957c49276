// The names under which /v1 shows contributions, and the finding of records by name: a setl_id or
// contribution id says where its record lies and on which day it was made.
//
//   contribution  C 20261122 000000000042   C, civil day of the order, 12 digits of the sequence
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

std::string contribution_id(const JournalRecord& record);
// Nothing when the text is no contribution id.
std::optional<Sequence> sequence_of_contribution(std::string_view id);

// Reads the applied record of that settlement (a settlement or its reversal) or contribution order;
// 404 when there is none under exactly that name, for apps 403 until `proceed` has found that the
// person may see it.
using WithRecord = std::function<void(const RecordPtr& record)>;
void with_settlement(Backend& backend, const CallPtr& call, std::string_view setl_id,
                     WithRecord proceed);
void with_contribution(Backend& backend, const CallPtr& call, std::string_view id,
                       WithRecord proceed);

// "2026-11-22T10:15:30.512+08:00", RFC 3339 in the civil time of the rules.
std::string rfc3339(Instant at);

}  // namespace gongji::gateway::rest
