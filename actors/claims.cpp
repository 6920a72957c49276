#include "actors/claims.hpp"

#include <cstring>
#include <utility>

namespace gongji::actors {

Claims::Claims(Claims&& other) noexcept
    : table_(std::move(other.table_)), keys_(std::move(other.keys_)) {}

Claims& Claims::operator=(Claims&& other) noexcept {
  if (this == &other) return *this;
  release();
  table_ = std::move(other.table_);
  keys_ = std::move(other.keys_);
  return *this;
}

void Claims::release() {
  if (const auto table = std::move(table_)) table->release(std::exchange(keys_, {}));
}

std::size_t ClaimTable::Hash::operator()(const KeyHash& key) const noexcept {
  std::size_t value = 0;  // the key is a cryptographic hash already
  std::memcpy(&value, key.data(), sizeof value);
  return value;
}

bool ClaimTable::take(const KeyHash& key, const Waiter& waiter) {
  Shard& home = shard(key);
  const std::lock_guard lock{home.mutex};
  const auto [holder, free] = home.holders.try_emplace(key);
  if (!free) holder->second.push_back(waiter);
  return free;
}

bool ClaimTable::acquire(const std::vector<KeyHash>& keys, const Waiter& waiter) {
  for (std::size_t taken = 0; taken < keys.size(); ++taken) {
    if (take(keys[taken], waiter)) continue;
    for (std::size_t i = 0; i < taken; ++i) release_one(keys[i]);
    return false;
  }
  return true;
}

void ClaimTable::release_one(const KeyHash& key) {
  std::vector<Waiter> waiters;
  {
    Shard& home = shard(key);
    const std::lock_guard lock{home.mutex};
    const auto holder = home.holders.find(key);
    if (holder == home.holders.end()) return;
    waiters = std::move(holder->second);
    home.holders.erase(holder);
  }
  for (Waiter& waiter : waiters) resubmit_(std::move(waiter));
}

void ClaimTable::release(const std::vector<KeyHash>& keys) {
  for (const KeyHash& key : keys) release_one(key);
}

bool ClaimTable::held(const KeyHash& key) {
  Shard& home = shard(key);
  const std::lock_guard lock{home.mutex};
  return home.holders.contains(key);
}

}  // namespace gongji::actors
