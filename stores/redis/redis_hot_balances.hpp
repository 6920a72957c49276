// Hot balances in one Redis (docs/formats/redis.md is the contract for other programs). One thread;
// every call may wait for the connection's time-outs.
#pragma once

#include <string>

#include "ports/hot_balances.hpp"
#include "stores/redis/redis_connection.hpp"

namespace gongji::stores {

class RedisHotBalances final : public HotBalances {
 public:
  explicit RedisHotBalances(RedisAddress address) : redis_(std::move(address)) {}

  Result<std::size_t, StoreError> apply(std::span<const HotHousehold> households) override;
  Result<std::optional<Sequence>, StoreError> marker() override;
  Status<StoreError> set_marker(Epoch epoch, Sequence to) override;
  Result<bool, StoreError> advance_marker(Epoch epoch, Sequence from, Sequence to) override;
  Result<std::optional<HotPersonFound>, StoreError> read(const PersonId& person) override;

 private:
  // The scripts' digests under which this connection knows them.
  Status<StoreError> load_scripts();

  RedisConnection redis_;
  unsigned scripts_of_generation_ = 0;
  std::string replace_if_newer_;
  std::string advance_marker_;
};

}  // namespace gongji::stores
