#include "domain/money.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>

namespace gongji {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

TEST(Money, text_has_two_decimals_and_the_sign_in_front) {
  struct Row {
    std::int64_t fen;
    const char* text;
  };
  constexpr Row kRows[] = {{0, "0.00"},           {1, "0.01"},
                           {10, "0.10"},          {99, "0.99"},
                           {100, "1.00"},         {123405, "1234.05"},
                           {-1, "-0.01"},         {-100, "-1.00"},
                           {-123405, "-1234.05"}, {kMost, "92233720368547758.07"}};
  for (const Row& row : kRows) EXPECT_EQ(to_yuan_text(Fen{row.fen}), row.text);
}

TEST(Money, adds_and_subtracts_whole_fen) {
  EXPECT_EQ(Fen{10} + Fen{20}, Fen{30});
  EXPECT_EQ(Fen{10} - Fen{20}, Fen{-10});
  EXPECT_EQ(-Fen{10}, Fen{-10});
  Fen sum{5};
  sum += Fen{7};
  sum -= Fen{2};
  EXPECT_EQ(sum.count(), 10);
}

TEST(Money, compares_by_amount) {
  EXPECT_LT(Fen{-1}, Fen{0});
  EXPECT_EQ(min(Fen{3}, Fen{4}), Fen{3});
  EXPECT_EQ(max(Fen{3}, Fen{4}), Fen{4});
  EXPECT_TRUE(Fen{}.is_zero());
  EXPECT_TRUE(Fen{1}.is_positive());
  EXPECT_TRUE(Fen{-1}.is_negative());
  EXPECT_FALSE(Fen{0}.is_positive() || Fen{0}.is_negative());
}

TEST(Money, does_not_convert_by_itself) {
  static_assert(!std::is_convertible_v<std::int64_t, Fen>);
  static_assert(!std::is_convertible_v<Fen, std::int64_t>);
  static_assert(!std::is_constructible_v<Fen, const char*>);
}

TEST(MoneyDeathTest, overflow_ends_the_process) {
  EXPECT_DEATH((void)(Fen{kMost} + Fen{1}), "");
  EXPECT_DEATH((void)(Fen{kLeast} - Fen{1}), "");
  EXPECT_DEATH((void)-Fen{kLeast}, "");
}

}  // namespace
}  // namespace gongji
