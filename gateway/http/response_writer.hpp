// An answer as HTTP/1.1 bytes, appended to what the connection writes next.
#pragma once

#include <string>

#include "gateway/exchange.hpp"

namespace gongji::gateway {

struct ResponseForm {
  bool close = false;      // says Connection: close
  bool head_only = false;  // answers HEAD: the length is told, the body is not
};

// Control characters in header values are replaced, so that no value can end its line.
void append_response(std::string& output, const Answer& answer, ResponseForm form);

[[nodiscard]] std::string_view reason_phrase(unsigned status);

}  // namespace gongji::gateway
