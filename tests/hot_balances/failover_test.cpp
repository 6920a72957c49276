// A Redis whose master changes: sentinels promote another, a cluster hands a slot over.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "stores/redis/hot_layout.hpp"
#include "stores/redis/key_slot.hpp"
#include "tests/hot_balances/hot_redis.hpp"
#include "tests/hot_balances/redis_places.hpp"

namespace gongji::stores::test {
namespace {

using namespace std::chrono_literals;

const RedisOptions kImpatient{2s, 1s, 1s};

template <class Condition>
bool comes(Condition condition) {
  for (int attempt = 0; attempt < 1'200; ++attempt) {
    if (condition()) return true;
    std::this_thread::sleep_for(50ms);
  }
  return false;
}

std::string role_of(const RedisProcess& process) { return process.ask({"ROLE"}).list.front().text; }

TEST(Failover, SentinelsSendUsToTheNewMasterAndTheOldOneDoesNotGetUsBack) {
  const RedisPlace place = sentinel_place();
  const auto hot = connected(place.url, kImpatient);
  RedisProcess& old_master = *place.servers.front();
  ASSERT_TRUE(comes([&] { return applied(*hot, loner(1, 1, 1, 100)); }));
  old_master.pause();
  EXPECT_FALSE(applied(*hot, loner(1, 1, 2, 200)))
      << "nobody answers: it must not count as written";
  ASSERT_TRUE(comes([&] { return applied(*hot, loner(1, 1, 3, 300)); })) << "the new master";
  old_master.resume();
  ASSERT_TRUE(comes([&] { return role_of(old_master) == "slave"; }));
  ASSERT_TRUE(comes([&] { return applied(*hot, loner(1, 1, 4, 400)); }));
  EXPECT_EQ(fen_of(*hot, 1), 400);
}

TEST(Failover, AClusterSlotThatMovesIsFollowed) {
  const RedisPlace place = cluster_place();
  const auto hot = connected(place.url);
  const RedisProcess& from = *place.servers[0];
  const RedisProcess& to = *place.servers[1];
  std::uint64_t household = 1;  // one that lies on the first master
  while (slot_of(household_key(HouseholdId{household})) > 5'000) ++household;
  const std::string slot = std::to_string(slot_of(household_key(HouseholdId{household})));
  const std::string from_id = from.ask({"CLUSTER", "MYID"}).text;
  const std::string to_id = to.ask({"CLUSTER", "MYID"}).text;
  const std::string key = household_key(HouseholdId{household});

  to.ask({"CLUSTER", "SETSLOT", slot, "IMPORTING", from_id});
  from.ask({"CLUSTER", "SETSLOT", slot, "MIGRATING", to_id});
  EXPECT_TRUE(applied(*hot, loner(household, 1, 1, 100))) << "ASK";
  for (const RedisProcess* node : {&to, &from})
    node->ask({"CLUSTER", "SETSLOT", slot, "NODE", to_id});
  EXPECT_TRUE(applied(*hot, loner(household, 1, 2, 200))) << "MOVED";
  EXPECT_EQ(to.ask({"HGET", key, "seq"}).text, "2");
}

}  // namespace
}  // namespace gongji::stores::test
