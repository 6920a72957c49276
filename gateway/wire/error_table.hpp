// What each reason looks like outside: the HTTP status for /v1, the infcode of the national
// envelope, and whether the same message may simply be sent again. One table, total over the enum.
#pragma once

#include <string>

#include "domain/event.hpp"
#include "domain/reason.hpp"

namespace gongji::gateway::wire {

enum class Infcode : std::int8_t {
  kApplied = 0,
  kUnknown = -1,  // outcome unknown or technical: ask 2602 or send 2601
  kRefused = -2,  // certainly not applied
};
enum class Retry : std::uint8_t {
  kNever,        // the answer will stay the same
  kSameMessage,  // after a moment, under the same message id
};

struct ErrorEntry {
  Reason reason;
  unsigned http_status;  // for /v1; the national envelope is 200 unless the entry says retry
  Infcode infcode;
  Retry retry;
};
const ErrorEntry& error_entry(Reason reason);

// "E_QUOTA 共济授权额度不足，…：<detail>", at most 200 characters.
std::string err_msg(Reason reason, std::string_view detail);

}  // namespace gongji::gateway::wire
