#include "stores/rocksdb/flat_table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace gongji::stores {
namespace {

RC_GTEST_PROP(FlatTable, HoldsWhatAMapHolds, ()) {
  FlatTable<HouseholdId> table{1};  // grows on the way
  std::map<HouseholdId, std::uint64_t> expected;
  const auto changes = *rc::gen::container<std::vector<std::pair<std::uint64_t, std::uint32_t>>>(
      rc::gen::pair(rc::gen::inRange<std::uint64_t>(0, 300), rc::gen::positive<std::uint32_t>()));
  for (const auto& [household, value] : changes) {
    table.set(HouseholdId{household}, value);
    expected[HouseholdId{household}] = value;
  }
  RC_ASSERT(table.size() == expected.size());
  for (const auto& [household, value] : expected) RC_ASSERT(table.get(household) == value);
  auto all = table.all();
  std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.key < b.key; });
  RC_ASSERT(std::equal(all.begin(), all.end(), expected.begin(), expected.end(),
                       [](auto& a, auto& b) { return a.key == b.first && a.value == b.second; }));
}

TEST(FlatTable, GrowsThroughManyEntries) {
  FlatTable<HouseholdId> table;
  for (std::uint64_t i = 0; i < 100'000; ++i) table.set(HouseholdId{i}, i + 1);
  for (std::uint64_t i = 0; i < 100'000; ++i) ASSERT_EQ(table.get(HouseholdId{i}), i + 1);
  EXPECT_EQ(table.get(HouseholdId{100'000}), 0U);
}

TEST(FlatTable, IsEmptyAndWorksAfterItTookItsMemory) {
  FlatTable<HouseholdId> table{1'000};
  table.touch_memory();
  EXPECT_EQ(table.get(HouseholdId{7}), 0U);
  table.set(HouseholdId{7}, 70);
  EXPECT_EQ(table.get(HouseholdId{7}), 70U);
  EXPECT_EQ(table.all().size(), 1U);
}

TEST(FlatTable, TellsKeysWithTheSameStartApart) {
  FlatTable<KeyHash> table;
  KeyHash first{1, 2, 3, 4, 5, 6, 7, 8, 9};
  KeyHash second = first;
  second[15] = 1;
  table.set(first, 10);
  EXPECT_EQ(table.get(second), 0U);
  table.set(second, 11);
  EXPECT_EQ(table.get(first), 10U);
  EXPECT_EQ(table.get(second), 11U);
}

}  // namespace
}  // namespace gongji::stores
