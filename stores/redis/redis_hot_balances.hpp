// Hot balances in Redis (docs/formats/redis.md is the contract for other programs): one server, who
// the sentinels name, or a cluster. Reads and writes of one key go over one connection in their
// order. Thread-safe; answers come on the client's thread.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "ports/hot_balances.hpp"
#include "stores/redis/options.hpp"
#include "stores/redis/redis_client.hpp"
#include "stores/redis/redis_filling.hpp"

namespace gongji::stores {

class RedisHotBalances final : public HotBalances {
 public:
  explicit RedisHotBalances(RedisTarget target, const RedisOptions& options = {});
  ~RedisHotBalances() override;  // everything asked so far is answered before it returns

  // For programs that have nothing to do before it is; an error when it is not in that time.
  Status<StoreError> wait_until_connected(std::chrono::milliseconds time);

  void apply(HotBatch households, HotThen<HotApplied> then) override;
  void fill(HotBatch households, HotMarker fence, HotThen<HotApplied> then) override;
  void find_marker(HotThen<std::optional<HotMarker>> then) override;
  void move_marker(std::optional<HotMarker> from, HotMarker to, HotThen<bool> then) override;
  void clear(HotThen<Done> then) override;
  void find_person(const PersonId& person, HotMarker at_least,
                   HotThen<std::optional<HotPersonFound>> then) override;
  void find_household(HouseholdId household, HotThen<std::optional<HotHousehold>> then) override;

 private:
  struct Reading;
  using ReadingPtr = std::shared_ptr<Reading>;

  // One command to every master's marker; `then` with all replies, or the first fault.
  void ask_markers(const std::function<RedisRequest(const std::string& tag)>& request,
                   HotThen<std::vector<RedisValue>> then);
  void clear_master(const std::string& tag, const std::string& cursor, HotThen<Done> then);
  void limit(const ReadingPtr& reading);
  void expire();

  const std::chrono::milliseconds read_timeout_;
  const bool one_master_;
  RedisFilling filling_{client_};  // outlives the client, which tells it of what is lost
  RedisClient client_;
  // The loop's thread only. All wait equally long, so the first is the next to be over.
  std::deque<ReadingPtr> readings_;
  boost::asio::steady_timer expiry_;
};

}  // namespace gongji::stores
