// The kinds of Redis the contract runs over, each started once for the program that asks for it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/hot_balances/redis_process.hpp"

namespace gongji::stores::test {

using Processes = std::vector<std::unique_ptr<RedisProcess>>;

struct RedisPlace {
  std::string url;
  Processes servers;  // those that hold data
  Processes sentinels = {};

  void empty() const;  // FLUSHALL on every master
};

RedisPlace single_place();
// A named user with a password who may do no more than docs/formats/redis.md says.
RedisPlace restricted_place();
// As before Redis 7: no functions.
RedisPlace functionless_place();
// Takes no hashes that are ready.
RedisPlace restoreless_place();
// A master, two replicas, three sentinels.
RedisPlace sentinel_place();
// Three masters with a third of the slots each.
RedisPlace cluster_place();

}  // namespace gongji::stores::test
