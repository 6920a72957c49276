// Hot balances in this process: for developers without a Redis, and for tests. Thread-safe.
#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>

#include "ports/hot_balances.hpp"

namespace gongji::stores {

class MemoryHotBalances final : public HotBalances {
 public:
  Result<std::size_t, StoreError> apply(std::span<const HotHousehold> households) override;
  Result<std::optional<Sequence>, StoreError> marker() override;
  Status<StoreError> set_marker(Epoch epoch, Sequence to) override;
  Result<bool, StoreError> advance_marker(Epoch epoch, Sequence from, Sequence to) override;
  Result<std::optional<HotPersonFound>, StoreError> read(const PersonId& person) override;

 private:
  std::mutex mutex_;
  std::unordered_map<HouseholdId, HotHousehold> households_;
  std::unordered_map<PersonId, HotPersonFound> persons_;
  std::optional<Sequence> marker_;
};

}  // namespace gongji::stores
