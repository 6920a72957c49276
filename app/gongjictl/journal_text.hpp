// `gongjictl journal`: journal records as lines for the eye, or as JSON for scripts.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "domain/record.hpp"

namespace gongji::ctl {

// "42  2026-11-22 10:15:30  household 7  2102 P310…0001  settled 86.50 = own 20.00 + …"
std::string record_line(const JournalRecord& record);
// "settled 86.50 = …", "refused E_QUOTA …", "nothing moved".
std::string outcome_text(const Outcome& outcome);
// Everything an operator may need to see; money as decimal text, hashes in hex left out.
boost::json::object record_json(const JournalRecord& record);
// Whether the record names the person: in its command, its events or its balances.
bool concerns(const JournalRecord& record, const PersonId& person);

}  // namespace gongji::ctl
