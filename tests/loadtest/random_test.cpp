#include "loadtest/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace gongji::loadtest {
namespace {

TEST(Random, repeats_itself_for_the_same_seed) {
  Random one{42}, same{42}, other{43};
  bool differs = false;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t value = one.next();
    EXPECT_EQ(value, same.next());
    differs = differs || value != other.next();
  }
  EXPECT_TRUE(differs);
}

TEST(Random, stays_below_its_end_and_reaches_every_value) {
  Random random{1};
  std::vector<unsigned> seen(7);
  for (int i = 0; i < 7000; ++i) ++seen.at(random.below(7));
  for (const unsigned count : seen) EXPECT_GT(count, 800u);
}

TEST(Random, draws_normal_and_exponential_values_with_the_right_moments) {
  Random random{5};
  constexpr int kDraws = 200'000;
  double normal_sum = 0, normal_squares = 0, exponential_sum = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double normal = random.normal();
    normal_sum += normal;
    normal_squares += normal * normal;
    exponential_sum += random.exponential();
  }
  EXPECT_NEAR(normal_sum / kDraws, 0, 0.01);
  EXPECT_NEAR(normal_squares / kDraws, 1, 0.02);
  EXPECT_NEAR(exponential_sum / kDraws, 1, 0.01);
}

struct ZipfCase {
  std::uint64_t size;
  double skew;
};

class ZipfRanksTest : public testing::TestWithParam<ZipfCase> {};

TEST_P(ZipfRanksTest, follows_the_law) {
  const auto [size, skew] = GetParam();
  const ZipfRanks ranks{size, skew};
  Random random{7};
  constexpr int kDraws = 400'000;
  std::vector<double> seen(size);
  for (int i = 0; i < kDraws; ++i) seen.at(ranks.pick(random)) += 1;
  double weights = 0;
  for (std::uint64_t rank = 1; rank <= size; ++rank)
    weights += std::pow(static_cast<double>(rank), -skew);
  for (std::uint64_t rank = 1; rank <= std::min<std::uint64_t>(size, 20); ++rank) {
    const double expected = kDraws * std::pow(static_cast<double>(rank), -skew) / weights;
    EXPECT_NEAR(seen[rank - 1], expected, 6 * std::sqrt(expected)) << "rank " << rank;
  }
}

INSTANTIATE_TEST_SUITE_P(Zipf, ZipfRanksTest,
                         testing::Values(ZipfCase{1, 0.99}, ZipfCase{2, 0.5}, ZipfCase{100, 0.99},
                                         ZipfCase{1000, 1.0}, ZipfCase{1000, 1.5}));

}  // namespace
}  // namespace gongji::loadtest
