// How the audit's sentences name records and households.
#pragma once

#include <string>

#include "domain/record.hpp"

namespace gongji::ctl {

inline std::string name(Sequence sequence) { return "record " + std::to_string(sequence.number()); }
inline std::string name(const JournalRecord& record) { return name(record.sequence); }
inline std::string name(HouseholdId household) {
  return "household " + std::to_string(household.number());
}

}  // namespace gongji::ctl
