// Envelopes for the transports, where no message was read or no handler answers. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "ports/metrics.hpp"

namespace gongji::gateway::wire {

// Refused for load, hence not decided: -2 E_BUSY (E_DEADLINE for that cause), `output.retry_after`.
std::string busy_body(ShedCause cause, int retry_after_s);
// Nobody can say what became of the message: -1.
std::string unknown_body();
// No message could be read (400, 404, 405, 413 …): -2 with the rule that was broken.
std::string rejected_body(unsigned http_status, std::string_view sentence);

}  // namespace gongji::gateway::wire
