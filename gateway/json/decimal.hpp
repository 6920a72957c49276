// Decimal text to scaled integers, without floating point. Used for money (two decimals, refused
// when it does not fit) and for quantities and prices that are only passed on (rounded half up).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "domain/money.hpp"
#include "domain/result.hpp"

namespace gongji::gateway::json {

constexpr unsigned kIntegerDigitsMax = 12;

enum class DecimalFault : std::uint8_t {
  kNotANumber,
  kSign,  // no field of a message may carry one
  kExponent,
  kTooLong,     // more than kIntegerDigitsMax digits before the point
  kTooPrecise,  // a decimal beyond the scale that is not zero
};
// The rule that was broken, for the sender of the message.
std::string_view rule_text(DecimalFault fault);

// "86.5" → 8650. Digits, optionally a point and digits; nothing else, not even spaces.
Result<Fen, DecimalFault> parse_money(std::string_view text);

// Value times 10^scale, scale <= 6; decimals beyond it are rounded half up.
Result<std::int64_t, DecimalFault> parse_rounded(std::string_view text, unsigned scale);

// 8650, 2 → "86.50", a minus sign in front when negative; the text lies in `room`.
using DecimalText = std::array<char, 32>;
[[nodiscard]] std::string_view decimal_text(DecimalText& room, std::int64_t scaled, unsigned scale);
// The same, appended.
void append_decimal(std::string& out, std::int64_t scaled, unsigned scale);

}  // namespace gongji::gateway::json
