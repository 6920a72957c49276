#include "tests/hot_balances/redis_places.hpp"

#include <chrono>
#include <thread>

namespace gongji::stores::test {
namespace {

constexpr int kMasters = 3;
constexpr int kSlotsEach = 16'384 / kMasters;

std::unique_ptr<RedisProcess> server(const RedisProcess::Settings& settings = {}) {
  return std::make_unique<RedisProcess>(settings);
}

RedisPlace one(std::string before, const RedisProcess::Settings& settings) {
  RedisPlace place;
  place.servers.push_back(server(settings));
  place.url = std::move(before) + place.servers.front()->address();
  return place;
}

std::string joined(const Processes& processes) {
  std::string hosts;
  for (const auto& process : processes) hosts += (hosts.empty() ? "" : ",") + process->address();
  return hosts;
}

}  // namespace

void RedisPlace::empty() const {
  for (const auto& process : servers)
    if (process->ask({"ROLE"}).list.front().text == "master") process->ask({"FLUSHALL"});
}

RedisPlace single_place() { return one("redis://", {}); }

RedisPlace restricted_place() {
  return one("redis://gongji:se%40cret@",
             {"user gongji on >se@cret resetkeys ~gongji:* -@all +@hash +@string +@transaction "
              "+@connection +del "
              "+unlink +restore +scan +fcall +function|load +evalsha +script|load"});
}

RedisPlace restoreless_place() { return one("redis://", {"rename-command RESTORE \"\""}); }

RedisPlace functionless_place() {
  return one("redis://", {"rename-command FUNCTION \"\"", "rename-command FCALL \"\""});
}

RedisPlace sentinel_place() {
  RedisPlace place;
  place.servers.push_back(server());
  const std::string master = "127.0.0.1 " + std::to_string(place.servers.front()->port());
  for (int i = 0; i < 2; ++i) place.servers.push_back(server({"replicaof " + master}));
  for (int i = 0; i < 3; ++i)
    place.sentinels.push_back(std::make_unique<RedisProcess>(
        RedisProcess::Settings{"sentinel monitor hot " + master + " 2",
                               "sentinel down-after-milliseconds hot 1000",
                               "sentinel failover-timeout hot 3000"},
        RedisProcess::Role::kSentinel));
  for (const auto& sentinel : place.sentinels) {
    sentinel->wait_for({"SENTINEL", "ckquorum", "hot"}, "3 usable");
    sentinel->wait_for({"INFO", "sentinel"}, "slaves=2");
  }
  place.url = "redis+sentinel://" + joined(place.sentinels) + "/hot";
  return place;
}

RedisPlace cluster_place() {
  RedisPlace place;
  for (int i = 0; i < kMasters; ++i)
    place.servers.push_back(server({"cluster-enabled yes", "cluster-node-timeout 2000"}));
  for (int i = 0; i < kMasters; ++i) {
    const RedisProcess& node = *place.servers[static_cast<std::size_t>(i)];
    const int last = i + 1 == kMasters ? 16'383 : (i + 1) * kSlotsEach - 1;
    node.ask({"CLUSTER", "ADDSLOTSRANGE", std::to_string(i * kSlotsEach), std::to_string(last)});
    node.ask({"CLUSTER", "SET-CONFIG-EPOCH", std::to_string(i + 1)});
  }
  for (const auto& node : place.servers)
    place.servers.front()->ask({"CLUSTER", "MEET", "127.0.0.1", std::to_string(node->port())});
  for (const auto& node : place.servers) node->wait_for({"CLUSTER", "INFO"}, "cluster_state:ok");
  place.url = "redis+cluster://" + joined(place.servers);
  return place;
}

}  // namespace gongji::stores::test
