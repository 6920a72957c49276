// What a transport says when no handler can: the message was refused for load, its slot was
// destroyed unanswered, or it could not be read. The texts are injected, so that the envelope of
// the national interface stays in gateway/wire and the problem document in gateway/rest. Called on
// loop threads, by several loops at once when there are several.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "ports/metrics.hpp"

namespace gongji::gateway {

struct StandIns {
  std::string_view content_type = "text/plain;charset=utf-8";  // static storage
  unsigned unknown_status = 500;  // HTTP status that goes with unknown()

  // Not decided, come back in that many seconds. HTTP: 503 with Retry-After.
  std::function<std::string(ShedCause cause, int retry_after_s)> busy;
  // Nobody can say whether it was applied.
  std::function<std::string()> unknown;
  // HTTP only: 400, 404, 405, 413; the sentence names the rule that was broken.
  std::function<std::string(unsigned http_status, std::string_view sentence)> rejected;
};

// Plain English text, for listeners that serve people and machines of the operator.
[[nodiscard]] StandIns plain_stand_ins();

}  // namespace gongji::gateway
