#include "config/nearest.hpp"

#include <algorithm>
#include <cstddef>

namespace gongji::config {
namespace {

// Number of single-letter insertions, deletions and replacements between two words.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

// The right word in the wrong section counts as near: gateway.inflight_max, admission.inflight_max.
std::size_t unlikeness(std::string_view written, std::string_view known) {
  return last_part(written) == last_part(known) ? 1 : distance(written, known);
}

}  // namespace

std::string nearest(std::string_view written, const std::vector<std::string>& known) {
  std::size_t best = std::max<std::size_t>(2, written.size() / 4) + 1;
  std::string found;
  for (const std::string& name : known) {
    const std::size_t found_unlikeness = unlikeness(written, name);
    if (found_unlikeness >= best) continue;
    best = found_unlikeness;
    found = name;
  }
  return found;
}

std::string unknown_key_text(std::string_view written, const std::vector<std::string>& known) {
  const std::string meant = nearest(written, known);
  if (!meant.empty()) return "unknown key; did you mean " + meant + "?";
  std::string text = "unknown key; known here:";
  for (const std::string& name : known) text += " " + name;
  return text;
}

}  // namespace gongji::config
