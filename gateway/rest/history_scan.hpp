// Goes through the records of all households a person belonged to, newest first, on the loop of a
// call. What may be shown of them is the visitor's to decide: the records speak of others, too.
#pragma once

#include <functional>

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

// One page of the history; a person nobody knows answers the call (404).
void read_history(Backend& backend, const CallPtr& call, HistoryQuery query,
                  std::function<void(const HistoryPage& page)> proceed);

struct HistoryScan {
  PersonId person;
  // False ends the scan.
  std::function<bool(const JournalRecord& record)> visit;
  // Not called when the history could not be read to its end in time: the call was answered then.
  std::function<void()> finish;
};
// Reads batch after batch until the visitor or the history ends it.
void scan_history(Backend& backend, const CallPtr& call, HistoryScan scan);

}  // namespace gongji::gateway::rest
