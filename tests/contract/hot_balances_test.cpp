// What every implementation of HotBalances promises, over memory and a real Redis of our own.
#include "ports/hot_balances.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <string>

#include "stores/memory/memory_hot_balances.hpp"
#include "stores/redis/redis_hot_balances.hpp"
#include "tests/contract/redis_server.hpp"

namespace gongji::stores {
namespace {

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<HotBalances>()> make;
};

std::unique_ptr<HotBalances> on_redis() {
  static RedisServer server;  // one for the whole program, emptied for each test
  auto address = parse_redis_url(server.url());
  if (!address) ADD_FAILURE() << address.error();
  RedisConnection connection{*address};
  const auto emptied = connection.run(RedisCommand{"FLUSHALL"});
  if (!emptied) ADD_FAILURE() << emptied.error().message;
  return std::make_unique<RedisHotBalances>(*address);
}

const std::array kImplementations{
    Implementation{"memory", [] { return std::make_unique<MemoryHotBalances>(); }},
    Implementation{"redis", on_redis},
};

const PersonId kFather{"31010100000000000000000001"};
const PersonId kChild{"31010100000000000000000002"};

HotHousehold family(std::uint64_t epoch, std::uint64_t sequence, std::int64_t fund) {
  return {HouseholdId{7},
          Epoch{epoch},
          Sequence{sequence},
          {{kFather, Fen{80'000}, Fen{fund}, Fen{0}}, {kChild, Fen{0}, Fen{0}, Fen{fund}}}};
}

class HotBalancesContract : public testing::TestWithParam<Implementation> {
 protected:
  std::size_t refused(const HotHousehold& state) {
    const auto older = hot_->apply(std::array{state});
    EXPECT_TRUE(older.ok());
    return older.ok() ? *older : 99;
  }
  Fen fund() {
    const auto found = hot_->read(kFather);
    EXPECT_TRUE(found.ok() && found->has_value());
    return found.ok() && *found ? found->value().carryover : Fen{-1};
  }

  std::unique_ptr<HotBalances> hot_ = GetParam().make();
};

TEST_P(HotBalancesContract, ShowsWhatWasApplied) {
  EXPECT_EQ(refused(family(1, 10, 500'000)), 0U);
  const auto found = hot_->read(kFather);
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->household, HouseholdId{7});
  EXPECT_EQ((*found)->sequence, Sequence{10});
  EXPECT_EQ((*found)->current_year, Fen{80'000});
  EXPECT_EQ((*found)->carryover, Fen{500'000});
}

TEST_P(HotBalancesContract, KnowsNobodyItWasNotTold) {
  const auto found = hot_->read(PersonId{"nobody"});
  ASSERT_TRUE(found.ok());
  EXPECT_FALSE(found->has_value());
}

struct Race {
  const char* what;
  std::uint64_t epoch, sequence;
  bool wins;
};
constexpr Race kAfterEpoch5Sequence50[] = {
    {"a later record", 5, 51, true},        {"the same again", 5, 50, true},
    {"an earlier record", 5, 49, false},    {"a newer owner", 6, 1, true},
    {"an owner fenced off", 4, 900, false},
};
TEST_P(HotBalancesContract, ANewerStateIsNeverReplacedByAnOlderOne) {
  for (const Race& race : kAfterEpoch5Sequence50) {
    hot_ = GetParam().make();
    refused(family(5, 50, 100));
    EXPECT_EQ(refused(family(race.epoch, race.sequence, 200)), race.wins ? 0U : 1U) << race.what;
    EXPECT_EQ(fund(), Fen{race.wins ? 200 : 100}) << race.what;
  }
}

TEST_P(HotBalancesContract, HasNoMarkerUntilOneIsSet) {
  auto marker = hot_->marker();
  ASSERT_TRUE(marker.ok());
  EXPECT_FALSE(marker->has_value());
  ASSERT_TRUE(hot_->set_marker(Epoch{1}, Sequence{10}).ok());
  marker = hot_->marker();
  ASSERT_TRUE(marker.ok());
  EXPECT_EQ(*marker, Sequence{10});
}

TEST_P(HotBalancesContract, AMarkerThatWasTamperedWithDoesNotAdvance) {
  ASSERT_TRUE(hot_->set_marker(Epoch{1}, Sequence{10}).ok());
  auto moved = hot_->advance_marker(Epoch{1}, Sequence{10}, Sequence{20});
  ASSERT_TRUE(moved.ok());
  EXPECT_TRUE(*moved);
  moved = hot_->advance_marker(Epoch{1}, Sequence{10}, Sequence{30});
  ASSERT_TRUE(moved.ok());
  EXPECT_FALSE(*moved);
  EXPECT_EQ(*hot_->marker(), Sequence{20});
}

INSTANTIATE_TEST_SUITE_P(Over, HotBalancesContract, testing::ValuesIn(kImplementations),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace gongji::stores
