#include "gateway/auth/nonce_table.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace gongji::gateway::auth {
namespace {

// Few values on few homes, so that long runs form, wrap around the end, and are broken up again.
TEST(NonceTable, AgreesWithASetOverRandomInsertionsAndErasures) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  NonceTable table;
  std::set<std::uint64_t> model;
  for (int step = 0; step < 200'000; ++step) {
    const std::uint64_t hash = 1 + (random() % 24) * 1024 + random() % 40 + 1000;
    if (model.contains(hash)) {
      table.erase(hash);
      model.erase(hash);
    } else {
      table.insert(hash);
      model.insert(hash);
    }
    const std::uint64_t asked = 1 + (random() % 24) * 1024 + random() % 40 + 1000;
    ASSERT_EQ(table.contains(asked), model.contains(asked)) << step;
    ASSERT_EQ(table.size(), model.size());
  }
  for (const std::uint64_t hash : model) EXPECT_TRUE(table.contains(hash));
}

TEST(NonceTable, GrowsWithWhatItHoldsAndKeepsIt) {
  NonceTable table;
  for (std::uint64_t hash = 1; hash <= 100'000; ++hash) table.insert(hash * 0x9E3779B97F4A7C15ULL);
  EXPECT_EQ(table.size(), 100'000U);
  EXPECT_LE(table.bytes(), 100'000U * 4 * sizeof(std::uint64_t));
  for (std::uint64_t hash = 1; hash <= 100'000; ++hash)
    ASSERT_TRUE(table.contains(hash * 0x9E3779B97F4A7C15ULL));
  EXPECT_FALSE(table.contains(12345));
}

TEST(NonceTable, TheHashThatMarksAFreePlaceIsKeptToo) {
  NonceTable table;
  EXPECT_FALSE(table.contains(0));
  table.insert(0);
  EXPECT_TRUE(table.contains(0));
  table.erase(0);
  EXPECT_FALSE(table.contains(0));
}

}  // namespace
}  // namespace gongji::gateway::auth
