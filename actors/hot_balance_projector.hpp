// Hop 7 of 8: the projector. After a record is durable, its household's balances go to the hot
// balances (Redis), best effort: coalesced per household, so a busy family costs one write however
// many settlements it made meanwhile, and memory is bounded by the number of households that
// changed. No settlement waits for it.
// Next hop: gateway/wire/answer_renderer.hpp
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <vector>

#include "domain/record.hpp"
#include "ports/hot_balances.hpp"

namespace gongji::actors {

// What the SREs see of it.
struct ProjectorFigures {
  std::uint64_t lag_records = 0;  // durable records not yet projected; 0 when caught up
  bool up = false;                // the last write went through
  std::uint64_t rebuilds = 0;     // complete projections
  std::uint64_t refused_older = 0;
};

class HotBalanceProjector {
 public:
  // Gives the balances of a household as its actor has them, with the last record they contain, to
  // `then` (any thread); loads the household when it is not in memory.
  using Look = std::function<void(HouseholdId, std::function<void(HotHousehold)> then)>;
  struct Ports {
    HotBalances& hot;
    std::function<HouseholdId()> next_household;  // one above the highest id in use
    std::function<Sequence()> durable;            // up to where the journal is durable
    Look look;
  };

  HotBalanceProjector(Ports ports, Epoch epoch);
  ~HotBalanceProjector();
  HotBalanceProjector(const HotBalanceProjector&) = delete;
  HotBalanceProjector& operator=(const HotBalanceProjector&) = delete;

  // The journal writer, after each durable group. Never blocks on the hot balances.
  void note(const std::vector<RecordPtr>& records);
  void stop();  // idempotent; what is not projected is projected after the next start
  [[nodiscard]] ProjectorFigures figures() const;

 private:
  void run();
  bool ensure_complete();
  bool project_everything();
  bool move_marker(Sequence up_to);
  // False when not all of them could be: some of them may have been.
  bool project(const std::vector<HouseholdId>& households);
  std::vector<HotHousehold> look_at(const std::vector<HouseholdId>& households);
  std::vector<HouseholdId> take_changed();
  void put_back(const std::vector<HouseholdId>& households);
  bool wait_until_durable(const std::vector<HotHousehold>& states);
  bool pause(std::chrono::milliseconds time);

  const Ports ports_;
  const Epoch epoch_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::unordered_set<HouseholdId> changed_;  // guarded by mutex_
  std::uint64_t noted_ = 0;                  // guarded by mutex_: last sequence noted
  bool stopping_ = false;                    // guarded by mutex_
  std::atomic<std::uint64_t> projected_{0};  // everything up to here is in the hot balances
  std::atomic<bool> up_{false};
  std::atomic<std::uint64_t> rebuilds_{0};
  std::atomic<std::uint64_t> refused_older_{0};
  bool complete_ = false;  // projector thread only
  std::thread thread_;
};

}  // namespace gongji::actors
