// Where does this request end? Refuses every head for which two honest readers could disagree. Runs
// on the parsed head, before a byte of the body is used; head_scan.hpp holds the rules about raw
// bytes, chunked_body.hpp those about chunks. Boost.Beast 1.81 by itself lets most of them through.
#pragma once

#include <span>
#include <string_view>

#include "gateway/http/request_head.hpp"

namespace gongji::gateway {

struct FramingRule {
  std::string_view sentence;  // what the sender is told, with 400 and the end of the connection
  bool (*broken)(const RequestHead& head);
};

[[nodiscard]] std::span<const FramingRule> framing_rules();

// The sentence of the first broken rule, or "".
[[nodiscard]] std::string_view broken_framing_rule(const RequestHead& head);

}  // namespace gongji::gateway
