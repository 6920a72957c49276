#include "gateway/rest/request_target.hpp"

#include <algorithm>

namespace gongji::gateway::rest {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const bool whole = i + 2 < text.size();
    const int high = whole ? hex_value(text[i + 1]) : -1;
    const int low = whole ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

// Takes the part before `separator` off the front.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::string_view part = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(part.size() + 1, rest.size()));
  return part;
}

bool add_parameter(RequestTarget& target, std::string_view part) {
  const std::string_view name = take_until(part, '=');
  auto decoded_name = decoded(name);
  auto decoded_value = decoded(part);
  if (!decoded_name || !decoded_value) return false;
  target.query.emplace_back(*std::move(decoded_name), *std::move(decoded_value));
  return true;
}

}  // namespace

std::optional<RequestTarget> parse_target(std::string_view target) {
  RequestTarget parsed;
  std::string_view query = target;
  std::string_view path = take_until(query, '?');
  while (!path.empty()) {
    const std::string_view segment = take_until(path, '/');
    if (segment.empty()) continue;
    auto text = decoded(segment);
    if (!text) return std::nullopt;
    parsed.segments.push_back(*std::move(text));
  }
  while (!query.empty())
    if (!add_parameter(parsed, take_until(query, '&'))) return std::nullopt;
  return parsed;
}

std::string_view RequestTarget::parameter(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return {};
}

}  // namespace gongji::gateway::rest
