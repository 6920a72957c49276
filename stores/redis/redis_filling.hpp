// Fills a Redis with one master, batch after batch, with plain commands in transactions: what costs
// most of a write otherwise is that each key is looked at first, in Lua. Instead Redis watches the
// marker. A transaction is sent once the marker was seen where its batch says, and Redis carries it
// out only if nobody touched the marker since then; so what an owner that was replaced, or a
// connection that was given up, still has under way comes to nothing. The loop's thread only.
#pragma once

#include <deque>

#include "ports/hot_balances.hpp"
#include "stores/redis/redis_client.hpp"

namespace gongji::stores {

class RedisFilling {
 public:
  explicit RedisFilling(RedisClient& client) : client_(client) {}

  using Then = HotThen<Done>;
  // `commands` from MULTI to EXEC.
  void add(RespLines commands, HotMarker fence, Then then);

 private:
  struct Batch {
    RespLines commands;
    HotMarker fence;
    Then then;
  };
  void watch_for_next();
  void watched(const Result<std::vector<RedisValue>, StoreError>& replies);
  void transact(Batch batch);

  RedisClient& client_;
  std::deque<Batch> waiting_;
  bool watching_ = false;  // EXEC ends all watching of its connection: one batch at a time
};

}  // namespace gongji::stores
