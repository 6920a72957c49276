// What /v1 shows of a contribution order. Its status changes with later records; everything else is
// as it was ordered.
#pragma once

#include <string>
#include <string_view>

#include "gateway/rest/sight.hpp"

namespace gongji::gateway::rest {

std::string_view to_text(ContributionStatus status);  // "paid"

// `ordered` is the record of the order.
std::string contribution_json(const JournalRecord& ordered, ContributionStatus status,
                              const Call& call);

}  // namespace gongji::gateway::rest
