// How keys find their way in a cluster: slots, tags, redirections, the slot map.
#include <gtest/gtest.h>

#include "stores/redis/key_slot.hpp"
#include "stores/redis/redis_redirect.hpp"
#include "stores/redis/redis_topology.hpp"

namespace gongji::stores {
namespace {

struct Slot {
  const char* key;
  unsigned slot;
};

// As CLUSTER KEYSLOT says.
constexpr Slot kKeySlots[] = {
    {"123456789", 12'739},   {"foo", 12'182},           {"{foo}bar", 12'182},
    {"a{foo}{bar}", 12'182}, {"gongji:hh:{5}", 15'891}, {"{}foo", 9'500},
};

TEST(KeySlot, IsTheClustersOwn) {
  EXPECT_EQ(slot_of("foo"), slot_of("{foo}bar"));
  EXPECT_EQ(slot_of("foo"), slot_of("a{foo}{bar}"));
  EXPECT_NE(slot_of("foo"), slot_of("{}foo")) << "an empty tag is none";
  EXPECT_EQ(slot_of(kKeySlots[0].key), kKeySlots[0].slot);
  EXPECT_EQ(slot_of(kKeySlots[1].key), kKeySlots[1].slot);
}

TEST(KeySlot, EverySlotHasATag) {
  for (unsigned slot = 0; slot < kSlots; ++slot)
    ASSERT_EQ(slot_of("gongji:meta:{" + tag_of(slot) + "}"), slot);
}

TEST(Redirect, IsReadFromTheError) {
  const RedisAddress from{"10.0.0.9", 7000};
  const auto moved = redirect_in("MOVED 3999 127.0.0.1:6381", from);
  ASSERT_TRUE(moved);
  EXPECT_TRUE(moved->moved);
  EXPECT_EQ(moved->slot, 3999U);
  EXPECT_EQ(moved->to, (RedisAddress{"127.0.0.1", 6381}));
  const auto ask = redirect_in("ASK 12 :6382", from);
  ASSERT_TRUE(ask);
  EXPECT_FALSE(ask->moved);
  EXPECT_EQ(ask->to, (RedisAddress{"10.0.0.9", 6382})) << "the node leaves out its own host";
}

TEST(Redirect, OtherErrorsAreNone) {
  for (const char* other : {"ERR unknown command", "MOVED", "MOVED x 1.1.1.1:1", "MOVED 1 a",
                            "MOVED 99999 a:1", "CLUSTERDOWN The cluster is down"})
    EXPECT_FALSE(redirect_in(other, {"h", 1})) << other;
}

RedisValue integer(std::int64_t value) { return {RedisValue::Kind::kInteger, value, "", {}}; }
RedisValue text(std::string value) { return {RedisValue::Kind::kText, 0, std::move(value), {}}; }
RedisValue list(std::vector<RedisValue> values) {
  return {RedisValue::Kind::kList, 0, "", std::move(values)};
}

TEST(Topology, IsReadFromTheSlotMap) {
  const RedisValue slots =
      list({list({integer(0), integer(8'191), list({text(""), integer(7001)})}),
            list({integer(8'192), integer(16'382), list({text("b"), integer(7002)}),
                  list({text("replica"), integer(7003)})})});
  const auto topology = topology_of(slots, {"asked", 7001});
  ASSERT_TRUE(topology.ok());
  EXPECT_EQ(topology->masters, (std::vector<RedisAddress>{{"asked", 7001}, {"b", 7002}}));
  EXPECT_EQ(topology->master_of_slot[0], 0);
  EXPECT_EQ(topology->master_of_slot[16'382], 1);
  EXPECT_EQ(topology->master_of_slot[16'383], RedisTopology::kNobody);
}

TEST(Topology, AGarbledOrEmptyMapIsAnError) {
  EXPECT_FALSE(topology_of(list({}), {"h", 1}).ok());
  EXPECT_FALSE(topology_of(list({list({integer(0), integer(99'999)})}), {"h", 1}).ok());
}

}  // namespace
}  // namespace gongji::stores
