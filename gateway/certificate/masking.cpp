#include "gateway/certificate/masking.hpp"

#include <array>
#include <vector>

namespace gongji::gateway::certificate {
namespace {

struct Shown {
  std::size_t length_min;
  std::size_t first;
  std::size_t last;
};
constexpr std::array<Shown, 3> kShown{{{15, 6, 4}, {6, 1, 2}, {0, 0, 0}}};

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> found;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
    found.push_back(text.substr(i, end - i));
    i = end;
  }
  return found;
}

const Shown& shown_of(std::size_t length) {
  for (const Shown& row : kShown)
    if (length >= row.length_min) return row;
  return kShown.back();
}

}  // namespace

std::string mask_name(std::string_view name) {
  const auto letters = characters(name);
  if (letters.size() < 2) return letters.empty() ? "" : "*";
  return std::string{letters.front()} + "*";
}

std::string mask_number(std::string_view number) {
  const auto letters = characters(number);
  const Shown& shown = shown_of(letters.size());
  std::string out;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool visible = i < shown.first || i >= letters.size() - shown.last;
    out += visible ? letters[i] : "*";
  }
  return out;
}

}  // namespace gongji::gateway::certificate
