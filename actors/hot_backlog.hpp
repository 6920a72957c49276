// What changed and is not in the copy yet: the newest state of each household, however often it
// changed, up to a number of households; beyond it everything is dropped and must be read from the
// journal again, so memory stays flat however long the copy is away. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ports/hot_balances.hpp"

namespace gongji::actors {

class HotBacklog {
 public:
  // Everything up to `durable` is none of its business.
  HotBacklog(Sequence durable, std::size_t households_max);

  // The journal writer's thread, after each durable group.
  void note(Sequence upto, std::vector<HotHousehold> changes);
  // This household should be read from the journal and written again. Dropped when there are many.
  void refresh(HouseholdId household);

  // ---- the projector's thread ----
  struct Part {
    std::vector<HotHousehold> states;
    std::vector<HouseholdId> refresh;
    Sequence upto;            // together with what was taken before, everything up to here
    bool overflowed = false;  // no: something was dropped
  };
  // All that waits. It is in flight until written() or put_back().
  Part take();
  // What waits of these households only; it is not in flight, and is not put back.
  std::vector<HotHousehold> take_of(const std::vector<HouseholdId>& households);
  void written();
  void put_back(const std::vector<HotBatch>& batches, const std::vector<HouseholdId>& refresh);
  // Whether something was dropped since the last call.
  bool take_overflow();
  // Both return false once stop() was called. The first returns when there is something to take or
  // the time is over, the second only then.
  bool wait(std::chrono::milliseconds time);
  bool pause(std::chrono::milliseconds time);

  // ---- any thread ----
  void stop();
  [[nodiscard]] Sequence noted() const;
  // Whether the copy may lack something of this household.
  [[nodiscard]] bool holds(HouseholdId household) const;
  [[nodiscard]] std::size_t households() const;
  // How long the oldest change waits.
  [[nodiscard]] std::chrono::duration<double> age() const;

 private:
  using Clock = std::chrono::steady_clock;
  void put(HotHousehold change);
  void drop_if_full();

  const std::size_t households_max_;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable wake_;
  using States = std::unordered_map<HouseholdId, HotHousehold>;
  States waiting_;
  std::unordered_set<HouseholdId> refresh_;
  States in_flight_;  // its states were moved from; changed by the projector's thread only
  std::optional<Clock::time_point> waiting_since_;
  std::optional<Clock::time_point> in_flight_since_;
  Sequence noted_;
  bool overflowed_ = false;
  bool stopping_ = false;
};

// Puts what `older` knows and `newer` does not mention into `newer`: both are states of one
// household, and only one of them will be written.
void absorb(HotHousehold& newer, const HotHousehold& older);

}  // namespace gongji::actors
