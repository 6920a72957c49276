// What /v1 answers to movements of an account, from the command's record alone.
#pragma once

#include <string>

#include "domain/record.hpp"

namespace gongji::gateway::rest {

std::string credited_json(const JournalRecord& record);
std::string debited_json(const JournalRecord& record);
std::string rolled_json(const JournalRecord& record);
// A roll that had nothing to move leaves no record (SH-36).
std::string not_rolled_json(const RollYearCommand& command);
std::string transferred_json(const JournalRecord& record);

}  // namespace gongji::gateway::rest
