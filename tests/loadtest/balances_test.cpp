#include "loadtest/balances.hpp"

#include <gtest/gtest.h>

namespace gongji::loadtest {
namespace {

TEST(AccountsToWatch, are_all_of_few_and_evenly_spread_over_many) {
  EXPECT_EQ(accounts_to_watch({3, 0}, 100), (std::vector<std::uint32_t>{0, 1, 2}));
  // Singles of odd index are residents and have no account.
  EXPECT_EQ(accounts_to_watch({2, 4}, 100), (std::vector<std::uint32_t>{0, 1, 2, 4}));
  const auto some = accounts_to_watch({1000, 0}, 10);
  EXPECT_EQ(some.size(), 10u);
  EXPECT_EQ(some[1] - some[0], 100u);
}

TEST(BalanceIn, adds_both_buckets) {
  EXPECT_EQ(balance_in(R"({"balances":{"current_year":"1.50","carryover":"10.00"}})"), Fen{11'50});
  EXPECT_FALSE(balance_in(R"({"balances":{"current_year":"1.50"}})"));
  EXPECT_FALSE(balance_in("{}"));
}

}  // namespace
}  // namespace gongji::loadtest
