#include "stores/redis/redis_topology.hpp"

#include <algorithm>
#include <charconv>

#include "stores/redis/redis_asker.hpp"

namespace gongji::stores {
namespace {

using Kind = RedisValue::Kind;

class FixedServer final : public RedisDiscovery {
 public:
  explicit FixedServer(RedisAddress server) : topology_{{std::move(server)}, {}} {}
  void find(Then then) override { then(topology_); }
  [[nodiscard]] bool may_change() const override { return false; }

 private:
  const RedisTopology topology_;
};

Result<RedisTopology, StoreError> master_in(const RedisValue& reply, const std::string& name) {
  if (!reply.is(Kind::kList) || reply.list.size() != 2)
    return StoreError{"redis: the sentinels know no master named " + name};
  RedisAddress address{reply.list[0].text, 0};
  const std::string& port = reply.list[1].text;
  std::from_chars(port.data(), port.data() + port.size(), address.port);
  return RedisTopology{{std::move(address)}, {}};
}

class Sentinels final : public RedisDiscovery {
 public:
  Sentinels(boost::asio::io_context& loop, const RedisTarget& target, RedisTimeouts timeouts)
      : name_(target.master),
        asker_(loop, target.hosts,
               RedisLogin{.user = target.user,
                          .password = target.password,
                          .functions = false,
                          .password_optional = true},
               timeouts) {}
  void find(Then then) override {
    asker_.ask({"SENTINEL", "get-master-addr-by-name", name_},
               [this, then = std::move(then)](Result<RedisAsker::Answer, StoreError> answer) {
                 then(answer ? master_in(answer->value, name_) : answer.error());
               });
  }
  [[nodiscard]] bool may_change() const override { return true; }

 private:
  const std::string name_;
  RedisAsker asker_;
};

class ClusterNodes final : public RedisDiscovery {
 public:
  ClusterNodes(boost::asio::io_context& loop, const RedisTarget& target, RedisTimeouts timeouts)
      : asker_(loop, target.hosts,
               RedisLogin{.user = target.user, .password = target.password, .functions = false},
               timeouts) {}
  void find(Then then) override {
    asker_.ask({"CLUSTER", "SLOTS"},
               [this, then = std::move(then)](Result<RedisAsker::Answer, StoreError> answer) {
                 if (!answer) return then(answer.error());
                 auto topology = topology_of(answer->value, answer->from);
                 if (topology) asker_.also(topology->masters);
                 then(std::move(topology));
               });
  }
  [[nodiscard]] bool may_change() const override { return true; }

 private:
  RedisAsker asker_;
};

std::uint16_t index_in(std::vector<RedisAddress>& masters, RedisAddress master) {
  const auto found = std::find(masters.begin(), masters.end(), master);
  const auto index = static_cast<std::uint16_t>(found - masters.begin());
  if (found == masters.end()) masters.push_back(std::move(master));
  return index;
}

// first slot, last slot, [host, port, …] of the master, then its replicas.
bool is_range(const RedisValue& entry) {
  return entry.list.size() >= 3 && entry.list[2].list.size() >= 2 && entry.list[0].integer >= 0 &&
         entry.list[1].integer < static_cast<std::int64_t>(kSlots);
}

}  // namespace

Result<RedisTopology, StoreError> topology_of(const RedisValue& slots, const RedisAddress& asked) {
  RedisTopology topology;
  topology.master_of_slot.assign(kSlots, RedisTopology::kNobody);
  for (const RedisValue& entry : slots.list) {
    if (!is_range(entry)) return StoreError{"redis " + asked.text() + ": CLUSTER SLOTS is garbled"};
    const std::string& host = entry.list[2].list[0].text;
    const bool named = !host.empty() && host != "?";
    const auto port = static_cast<std::uint16_t>(entry.list[2].list[1].integer);
    const std::uint16_t master = index_in(topology.masters, {named ? host : asked.host, port});
    for (auto slot = entry.list[0].integer; slot <= entry.list[1].integer; ++slot)
      topology.master_of_slot[static_cast<std::size_t>(slot)] = master;
  }
  if (topology.masters.empty())
    return StoreError{"redis " + asked.text() + ": the cluster has no slots assigned"};
  return topology;
}

std::unique_ptr<RedisDiscovery> make_discovery(boost::asio::io_context& loop,
                                               const RedisTarget& target, RedisTimeouts timeouts) {
  switch (target.kind) {
    case RedisKind::kSingle: return std::make_unique<FixedServer>(target.hosts.front());
    case RedisKind::kSentinel: return std::make_unique<Sentinels>(loop, target, timeouts);
    case RedisKind::kCluster: return std::make_unique<ClusterNodes>(loop, target, timeouts);
  }
  return nullptr;
}

}  // namespace gongji::stores
