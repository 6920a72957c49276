// What /v1 shows of a person.
#pragma once

#include <string>

#include "domain/record.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::gateway::rest {

std::string person_json(const PersonFound& found);
// Of the record of a change: what was changed to what, and whether that was anything new.
std::string changed_json(const JournalRecord& record);

}  // namespace gongji::gateway::rest
