// A journal record as the feed, the audit export and the lists of marks show it. For agency and
// auditor: everything a decision can be recomputed from is named, persons included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/record.hpp"
#include "gateway/rest/record_names.hpp"

namespace gongji::gateway::rest {

// "settled", "network_formed", …; "refused"; "unchanged" when a command moved nothing.
std::string_view type_of(const JournalRecord& record);
std::string_view name_of(const Event& event);
std::string event_json(const JournalRecord& record, const RecordNames& names);

// A supervision mark (SH-34).
std::string review_json(const JournalRecord& record);
// What went into suspense with that record, one line an owner (GX-09).
std::vector<std::string> suspense_json(const JournalRecord& record, const RecordNames& names);

}  // namespace gongji::gateway::rest
