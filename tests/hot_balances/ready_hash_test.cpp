// Whether a Redis is filled with hashes that are ready, or word by word.
#include "stores/redis/ready_hash.hpp"

#include <gtest/gtest.h>

#include "stores/redis/hot_layout.hpp"
#include "tests/hot_balances/hot_redis.hpp"
#include "tests/hot_balances/redis_places.hpp"

namespace gongji::stores::test {
namespace {

// One household of one person: two hashes.
void fill_one(RedisHotBalances& hot) {
  const HotMarker marker{"journal", Epoch{1}, Sequence{}};
  const auto batch = std::make_shared<const std::vector<HotHousehold>>(1, loner(1, 1, 1, 100));
  EXPECT_TRUE(*answer_of<bool>([&](auto then) { hot.move_marker({}, marker, std::move(then)); }));
  EXPECT_TRUE(
      answer_of<HotApplied>([&](auto then) { hot.fill(batch, marker, std::move(then)); }).ok());
}

std::string used(const RedisProcess& redis) { return redis.ask({"INFO", "commandstats"}).text; }

TEST(ReadyHashes, AreSentWhereRedisTakesThem) {
  const RedisPlace place = single_place();
  const RedisProcess& redis = *place.servers.front();
  fill_one(*connected(place.url));
  EXPECT_NE(used(redis).find("cmdstat_restore:calls=3,"), std::string::npos) << "asked, sent, sent";
  EXPECT_EQ(redis.ask({"OBJECT", "ENCODING", household_key(HouseholdId{1})}).text, "listpack");
  EXPECT_EQ(redis.ask({"DBSIZE"}).integer, 4) << "asking leaves nothing behind";
}

TEST(ReadyHashes, AreNotSentWhereItDoesNot) {
  const RedisPlace place = restoreless_place();
  const auto hot = connected(place.url);
  fill_one(*hot);
  EXPECT_EQ(used(*place.servers.front()).find("cmdstat_restore"), std::string::npos);
  EXPECT_EQ(fen_of(*hot, 1), 100);
}

}  // namespace
}  // namespace gongji::stores::test
