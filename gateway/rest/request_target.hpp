// The target of a /v1 request, taken apart: path segments and query parameters, percent-decoded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gongji::gateway::rest {

struct RequestTarget {
  std::vector<std::string> segments;  // "/v1/persons/31…" → "v1", "persons", "31…"
  std::vector<std::pair<std::string, std::string>> query;

  // "" when it is absent.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

// Nothing when an escape is broken.
std::optional<RequestTarget> parse_target(std::string_view target);

}  // namespace gongji::gateway::rest
