#include "gateway/json/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <optional>

namespace gongji::gateway::json {
namespace {

struct MoneyRow {
  std::string_view text;
  std::optional<std::int64_t> fen;
  DecimalFault fault = DecimalFault::kNotANumber;
};

TEST(Decimal, MoneyTextBecomesWholeFenOrNamesTheRuleItBreaks) {
  constexpr MoneyRow kRows[] = {
      {"0", 0},
      {"0.00", 0},
      {"1", 100},
      {"1.5", 150},
      {"86.50", 8650},
      {"86.500", 8650},
      {"86.50000000", 8650},
      {"0086.5", 8650},
      {"0.29", 29},  // 28.999… in floating point
      {"1.15", 115},
      {"999999999999.99", 99'999'999'999'999},
      {"1000000000000", {}, DecimalFault::kTooLong},
      {"0000000000001", {}, DecimalFault::kTooLong},
      {"86.505", {}, DecimalFault::kTooPrecise},
      {"86.5000001", {}, DecimalFault::kTooPrecise},
      {"-1", {}, DecimalFault::kSign},
      {"-0.00", {}, DecimalFault::kSign},
      {"+1", {}, DecimalFault::kSign},
      {"1e2", {}, DecimalFault::kExponent},
      {"1.5E+2", {}, DecimalFault::kExponent},
      {"", {}},
      {".5", {}},
      {"5.", {}},
      {"-", {}},
      {"-x", {}},
      {" 1", {}},
      {"1 ", {}},
      {"1,000.00", {}},
      {"1.2.3", {}},
      {"0x10", {}},
      {"NaN", {}},
      {"e5", {}},
      {"１２", {}},
  };
  for (const MoneyRow& row : kRows) {
    const auto parsed = parse_money(row.text);
    ASSERT_EQ(parsed.ok(), row.fen.has_value()) << row.text;
    if (parsed) {
      EXPECT_EQ(parsed->count(), *row.fen) << row.text;
    } else {
      EXPECT_EQ(parsed.error(), row.fault) << row.text;
    }
  }
}

TEST(Decimal, QuantitiesAreRoundedHalfUpAtTheirScale) {
  EXPECT_EQ(*parse_rounded("2", 4), 20'000);
  EXPECT_EQ(*parse_rounded("9.333333333333334", 6), 9'333'333);
  EXPECT_EQ(*parse_rounded("0.30000000000000004", 4), 3'000);
  EXPECT_EQ(*parse_rounded("0.00005", 4), 1);
  EXPECT_EQ(*parse_rounded("0.00004", 4), 0);
  EXPECT_EQ(*parse_rounded("999999999999.999999", 6), 999'999'999'999'999'999);
  EXPECT_EQ(parse_rounded("1e3", 4).error(), DecimalFault::kExponent);
}

std::string written(std::int64_t scaled, unsigned scale) {
  std::string out;
  append_decimal(out, scaled, scale);
  return out;
}

TEST(Decimal, WritesEveryDecimalOfTheScale) {
  EXPECT_EQ(written(0, 2), "0.00");
  EXPECT_EQ(written(5, 2), "0.05");
  EXPECT_EQ(written(-5, 2), "-0.05");
  EXPECT_EQ(written(8650, 2), "86.50");
  EXPECT_EQ(written(7, 0), "7");
  EXPECT_EQ(written(368, 1), "36.8");
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min(), 2), "-92233720368547758.08");
}

RC_GTEST_PROP(Decimal, MoneyTextComesBackAsTheSameFen, ()) {
  const auto fen = *rc::gen::inRange<std::int64_t>(0, 100'000'000'000'000);
  const std::string text = to_yuan_text(Fen{fen});
  RC_ASSERT(parse_money(text).value() == Fen{fen});
  RC_ASSERT(parse_money(text + "000").value() == Fen{fen});
  RC_ASSERT(written(fen, 2) == text);
}

RC_GTEST_PROP(Decimal, AnyOtherTextIsRefusedOrExact, (const std::string& text)) {
  const auto parsed = parse_money(text);
  if (!parsed) return;
  // What is accepted consists of digits and at most one point, and says what was parsed.
  RC_ASSERT(text.find_first_not_of("0123456789.") == std::string::npos);
  RC_ASSERT(parse_money(to_yuan_text(*parsed)).value() == *parsed);
}

}  // namespace
}  // namespace gongji::gateway::json
