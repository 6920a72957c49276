#include "gateway/certificate/chinese_amount.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace gongji::gateway::certificate {
namespace {

constexpr std::array<std::string_view, 10> kDigits{"零", "壹", "贰", "叁", "肆",
                                                   "伍", "陆", "柒", "捌", "玖"};

struct Unit {
  std::uint64_t size;
  std::string_view name;
};
constexpr std::array<Unit, 5> kUnits{
    {{100'000'000, "亿"}, {10'000, "万"}, {1'000, "仟"}, {100, "佰"}, {10, "拾"}}};

// A number reads as: how many of its largest unit, the unit, the rest; with one 零 between them
// when the rest does not reach the next lower decimal place.
void append_number(std::string& out, std::uint64_t number) {
  for (const Unit& unit : kUnits) {
    if (number < unit.size) continue;
    const std::uint64_t rest = number % unit.size;
    append_number(out, number / unit.size);
    out += unit.name;
    if (rest > 0 && rest < unit.size / 10) out += kDigits[0];
    if (rest > 0) append_number(out, rest);
    return;
  }
  out += kDigits[number];
}

// Without asking for -INT64_MIN.
std::uint64_t magnitude(std::int64_t count) {
  const auto bits = static_cast<std::uint64_t>(count);
  return count < 0 ? 0 - bits : bits;
}

}  // namespace

std::string to_chinese_capitals(Fen amount) {
  const std::uint64_t count = magnitude(amount.count());
  const std::uint64_t yuan = count / 100;
  const std::uint64_t jiao = count / 10 % 10;
  const std::uint64_t fen = count % 10;
  std::string out = amount.is_negative() ? "人民币负" : "人民币";
  if (yuan > 0 || count == 0) {
    append_number(out, yuan);
    out += "元";
  }
  if (jiao > 0) {
    out += kDigits[jiao];
    out += "角";
  } else if (yuan > 0 && fen > 0) {
    out += kDigits[0];
  }
  if (fen == 0) return out += "整";
  out += kDigits[fen];
  return out += "分";
}

}  // namespace gongji::gateway::certificate
