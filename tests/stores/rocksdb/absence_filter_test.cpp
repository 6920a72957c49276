#include "stores/rocksdb/absence_filter.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace gongji::stores {
namespace {

constexpr std::size_t kMegabyte = std::size_t{1} << 20;

// The n-th of a row of hashes without a pattern (splitmix64).
std::uint64_t hash(std::uint64_t n) {
  n += 0x9E3779B97F4A7C15U * (n + 1);
  n = (n ^ (n >> 30)) * 0xBF58476D1CE4E5B9U;
  n = (n ^ (n >> 27)) * 0x94D049BB133111EBU;
  return n ^ (n >> 31);
}

std::uint64_t taken_for_there(const AbsenceFilter& filter, std::uint64_t from, std::uint64_t to) {
  std::uint64_t count = 0;
  for (std::uint64_t n = from; n < to; ++n) count += filter.may_have(hash(n)) ? 1 : 0;
  return count;
}

TEST(AbsenceFilter, AnEmptyOneHasNothing) {
  const AbsenceFilter filter{0, kMegabyte};
  EXPECT_EQ(taken_for_there(filter, 0, 1'000), 0U);
}

TEST(AbsenceFilter, NeverDeniesWhatWasAddedAndSeldomTakesAnotherForIt) {
  constexpr std::uint64_t kAdded = 500'000;  // through several stages
  AbsenceFilter filter{0, 16 * kMegabyte};
  for (std::uint64_t n = 0; n < kAdded; ++n) ASSERT_TRUE(filter.add(hash(n)));
  EXPECT_EQ(taken_for_there(filter, 0, kAdded), kAdded);
  EXPECT_LT(taken_for_there(filter, kAdded, 2 * kAdded), kAdded / 40);
}

TEST(AbsenceFilter, WithTheRoomItExpectedLessThanOneInAHundred) {
  constexpr std::uint64_t kAdded = 170'000;
  AbsenceFilter filter{kAdded, 16 * kMegabyte};
  const std::size_t bytes = filter.bytes();
  for (std::uint64_t n = 0; n < kAdded; ++n) ASSERT_TRUE(filter.add(hash(n)));
  EXPECT_EQ(filter.bytes(), bytes);
  EXPECT_LT(taken_for_there(filter, kAdded, 2 * kAdded), kAdded / 100);
}

TEST(AbsenceFilter, SaysThatThereIsNoMoreRoom) {
  AbsenceFilter filter{0, 200'000};  // the next stage would not fit
  std::uint64_t added = 0;
  while (filter.add(hash(added))) ++added;
  EXPECT_GT(added, 10'000U);
  EXPECT_LE(filter.bytes(), 200'000U);
  EXPECT_EQ(taken_for_there(filter, 0, added), added);
}

TEST(AbsenceFilter, WithoutMemoryItTakesNothing) {
  AbsenceFilter filter{0, 0};
  EXPECT_FALSE(filter.add(hash(1)));
  EXPECT_EQ(filter.bytes(), 0U);
}

TEST(AbsenceFilter, TwoMayAddWhileOthersAsk) {
  constexpr std::uint64_t kEach = 100'000;
  AbsenceFilter filter{0, 16 * kMegabyte};
  for (std::uint64_t n = 0; n < 1'000; ++n) ASSERT_TRUE(filter.add(hash(n)));
  std::vector<std::jthread> threads;
  for (std::uint64_t from : {std::uint64_t{1'000}, 1'000 + kEach})
    threads.emplace_back([&filter, from] {
      for (std::uint64_t n = from; n < from + kEach; ++n) EXPECT_TRUE(filter.add(hash(n)));
    });
  threads.emplace_back([&filter] {
    for (int round = 0; round < 50; ++round) EXPECT_EQ(taken_for_there(filter, 0, 1'000), 1'000U);
  });
  threads.clear();
  EXPECT_EQ(taken_for_there(filter, 0, 1'000 + 2 * kEach), 1'000 + 2 * kEach);
}

}  // namespace
}  // namespace gongji::stores
