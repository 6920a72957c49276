#include "gateway/json/decimal.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace gongji::gateway::json {
namespace {

struct Digits {
  std::string_view integer;
  std::string_view fraction;
};

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<Digits, DecimalFault> split(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) {
    const bool number = text.size() > 1 && text[1] >= '0' && text[1] <= '9';
    return number ? DecimalFault::kSign : DecimalFault::kNotANumber;
  }
  const std::size_t exponent = text.find_first_of("eE");
  const std::string_view mantissa = text.substr(0, exponent);
  const std::size_t point = mantissa.find('.');
  const bool has_point = point != std::string_view::npos;
  const Digits digits{mantissa.substr(0, point),
                      has_point ? mantissa.substr(point + 1) : std::string_view{}};
  const bool well_formed = !digits.integer.empty() && all_digits(digits.integer) &&
                           all_digits(digits.fraction) && (!has_point || !digits.fraction.empty());
  if (!well_formed) return DecimalFault::kNotANumber;
  if (exponent != std::string_view::npos) return DecimalFault::kExponent;
  if (digits.integer.size() > kIntegerDigitsMax) return DecimalFault::kTooLong;
  return digits;
}

// At most 12 + 6 digits, which fit.
std::int64_t scaled_value(const Digits& digits, unsigned scale) {
  std::int64_t value = 0;
  for (const char c : digits.integer) value = value * 10 + (c - '0');
  for (unsigned i = 0; i < scale; ++i)
    value = value * 10 + (i < digits.fraction.size() ? digits.fraction[i] - '0' : 0);
  return value;
}

}  // namespace

std::string_view rule_text(DecimalFault fault) {
  switch (fault) {
    case DecimalFault::kNotANumber: return "应为数字";
    case DecimalFault::kSign: return "不能带正负号";
    case DecimalFault::kExponent: return "不能用科学计数法";
    case DecimalFault::kTooLong: return "整数部分不能超过12位";
    case DecimalFault::kTooPrecise: return "最多两位小数";
  }
  std::abort();
}

Result<Fen, DecimalFault> parse_money(std::string_view text) {
  constexpr unsigned kScale = 2;
  const auto digits = split(text);
  if (!digits) return digits.error();
  if (digits->fraction.find_first_not_of('0', kScale) != std::string_view::npos)
    return DecimalFault::kTooPrecise;
  return Fen{scaled_value(*digits, kScale)};
}

Result<std::int64_t, DecimalFault> parse_rounded(std::string_view text, unsigned scale) {
  const auto digits = split(text);
  if (!digits) return digits.error();
  const bool up = digits->fraction.size() > scale && digits->fraction[scale] >= '5';
  return scaled_value(*digits, scale) + (up ? 1 : 0);
}

std::string_view decimal_text(DecimalText& room, std::int64_t scaled, unsigned scale) {
  // The magnitude as unsigned: the smallest integer has no positive counterpart.
  auto rest = static_cast<std::uint64_t>(scaled);
  if (scaled < 0) rest = ~rest + 1;
  std::size_t at = room.size();
  for (unsigned i = 0; i < scale; ++i, rest /= 10) room[--at] = static_cast<char>('0' + rest % 10);
  if (scale > 0) room[--at] = '.';
  do {
    room[--at] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (scaled < 0) room[--at] = '-';
  return {room.data() + at, room.size() - at};
}

void append_decimal(std::string& out, std::int64_t scaled, unsigned scale) {
  DecimalText room;
  out += decimal_text(room, scaled, scale);
}

}  // namespace gongji::gateway::json
