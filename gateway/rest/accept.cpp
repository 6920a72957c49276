#include "gateway/rest/accept.hpp"

#include <algorithm>

namespace gongji::gateway::rest {
namespace {

constexpr int kFullWeight = 1000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view take_part(std::string_view& rest, char separator) {
  const std::string_view part = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(part.size() + 1, rest.size()));
  return trimmed(part);
}

// "0.8" → 800; a malformed weight counts as none.
int weight_in(std::string_view text) {
  int weight = 0;
  int unit = kFullWeight;
  for (const char c : text) {
    if (c == '.') continue;
    if (c < '0' || c > '9' || unit == 0) return 0;
    weight += (c - '0') * unit;
    unit /= 10;
  }
  return std::min(weight, kFullWeight);
}

struct Range {
  std::string_view type;
  int weight = kFullWeight;
};

Range read_range(std::string_view part) {
  Range range{take_part(part, ';')};
  while (!part.empty()) {
    const std::string_view parameter = take_part(part, ';');
    if (parameter.starts_with("q=") || parameter.starts_with("Q="))
      range.weight = weight_in(parameter.substr(2));
  }
  return range;
}

// How exactly a range names a type: 0 = not at all.
int fit(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  const std::size_t slash = type.find('/');
  const bool all_of_kind = range.size() == slash + 2 && range.ends_with("/*") &&
                           range.substr(0, slash) == type.substr(0, slash);
  if (all_of_kind) return 2;
  return range == "*/*" || range == "*" ? 1 : 0;
}

// The most exact range decides (so that "image/png;q=0, */*" refuses PNG).
int weight_of(std::string_view accept, std::string_view type) {
  int best_fit = 0;
  int weight = 0;
  while (!accept.empty()) {
    const Range range = read_range(take_part(accept, ','));
    const int fits = fit(range.type, type);
    if (fits == 0 || fits < best_fit) continue;
    best_fit = fits;
    weight = range.weight;
  }
  return weight;
}

}  // namespace

std::optional<std::size_t> best_accepted(std::string_view accept,
                                         std::span<const std::string_view> offered) {
  if (trimmed(accept).empty()) return 0;
  std::optional<std::size_t> best;
  int best_weight = 0;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const int weight = weight_of(accept, offered[i]);
    if (weight <= best_weight) continue;
    best_weight = weight;
    best = i;
  }
  return best;
}

}  // namespace gongji::gateway::rest
