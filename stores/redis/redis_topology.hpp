// Who the masters are and which of them has which slot, and how that is found out: it is fixed, or
// sentinels say it, or the nodes of a cluster do. Everything on the loop's thread.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ports/journal_store.hpp"
#include "stores/redis/key_slot.hpp"
#include "stores/redis/redis_address.hpp"
#include "stores/redis/redis_link.hpp"

namespace gongji::stores {

struct RedisTopology {
  static constexpr std::uint16_t kNobody = 0xFFFF;

  std::vector<RedisAddress> masters;
  std::vector<std::uint16_t> master_of_slot;  // empty: the only master has all
  bool operator==(const RedisTopology&) const = default;
};

class RedisDiscovery {
 public:
  using Then = std::function<void(Result<RedisTopology, StoreError>)>;
  virtual ~RedisDiscovery() = default;
  // One question at a time. `then` is not called any more once this object is gone.
  virtual void find(Then then) = 0;
  // Whether the answer can change while nothing breaks.
  [[nodiscard]] virtual bool may_change() const = 0;
};

std::unique_ptr<RedisDiscovery> make_discovery(boost::asio::io_context& loop,
                                               const RedisTarget& target, RedisTimeouts timeouts);

// From the reply to CLUSTER SLOTS of the node at `asked`, which may leave out its own host.
Result<RedisTopology, StoreError> topology_of(const RedisValue& slots, const RedisAddress& asked);

}  // namespace gongji::stores
