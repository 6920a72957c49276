// The owner table: message, business and reversal keys are global while households are not, so a
// key is claimed here before its message is routed and held until its record is durable and found
// by the index. A second holder waits, whatever person it names (architecture, decision 9).
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "domain/ids.hpp"

namespace gongji::actors {

class ClaimTable;
struct Envelope;

// Keys held; released together on destruction. Movable. Keeps the table alive: a message may
// outlive the directory, in the journal's queue or in a mailbox.
class Claims {
 public:
  Claims() = default;
  Claims(std::shared_ptr<ClaimTable> table, std::vector<KeyHash> keys)
      : table_(std::move(table)), keys_(std::move(keys)) {}
  ~Claims() { release(); }
  Claims(Claims&& other) noexcept;
  Claims& operator=(Claims&& other) noexcept;
  void release();

 private:
  std::shared_ptr<ClaimTable> table_;
  std::vector<KeyHash> keys_;
};

// Any thread. Waiters are handed, in order of arrival, to `resubmit` once the key is free; it must
// not block and must not call back into the table on the same thread.
class ClaimTable {
 public:
  using Waiter = std::shared_ptr<Envelope>;
  explicit ClaimTable(std::function<void(Waiter)> resubmit) : resubmit_(std::move(resubmit)) {}

  // Takes all keys or none. When one is held, the waiter is parked behind it and nothing is taken.
  // The keys differ from each other.
  bool acquire(const std::vector<KeyHash>& keys, const Waiter& waiter);
  void release(const std::vector<KeyHash>& keys);
  // Whether somebody is working on this key right now (2602: "in flight").
  bool held(const KeyHash& key);

 private:
  struct Hash {
    std::size_t operator()(const KeyHash& key) const noexcept;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<KeyHash, std::vector<Waiter>, Hash> holders;
  };
  Shard& shard(const KeyHash& key) { return shards_[key[15] % shards_.size()]; }
  bool take(const KeyHash& key, const Waiter& waiter);
  void release_one(const KeyHash& key);

  std::function<void(Waiter)> resubmit_;
  std::array<Shard, 16> shards_;
};

}  // namespace gongji::actors
