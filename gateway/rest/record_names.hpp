// Names of earlier records that later ones speak of by their place in the journal: the settlement a
// reversal undid, the order an outside party answered. A name has the day of its own record in it,
// so that record is read.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

using RecordNames = std::map<Sequence, std::string>;

// None when the record speaks of no other.
Sequence spoken_of(const JournalRecord& record);

// Reads the records these speak of and goes on with their names.
void with_names(Backend& backend, const CallPtr& call, const std::vector<RecordPtr>& records,
                std::function<void(const RecordNames& names)> proceed);

}  // namespace gongji::gateway::rest
