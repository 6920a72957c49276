// Answers what is asked of a sleeping household from the copy, when that is known to be as new as
// the journal for him; otherwise says nothing, and the household wakes up. So it does for who has a
// network of his own: its members are not in the copy. Never waits longer than the copy's own read
// limit.
//
// Why it cannot be too old: who asks does so after everything answered before was noted in the
// backlog (a household sleeps only then; while one is decided asleep nobody asks). The read takes
// its place behind every write that was sent, and comes with the copy's marker; when it returns,
// the household must have nothing in the backlog.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "actors/hot_balance_projector.hpp"
#include "ports/hot_balances.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::actors {

struct HotReadFigures {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;     // not in the copy, not whole there, or out of date by the calendar
  std::uint64_t fallbacks = 0;  // the copy was away, behind or slow
};

class HotReads {
 public:
  using Then = std::function<void(std::optional<PersonFound>)>;
  // Both must outlive it, and every read.
  HotReads(HotBalances& hot, HotBalanceProjector& projector) : hot_(hot), projector_(projector) {}

  // Any thread. `then` is called once, here or on the copy's thread.
  void find(const PersonId& person, Instant now, Then then);
  [[nodiscard]] HotReadFigures figures() const { return {hits_, misses_, fallbacks_}; }

 private:
  std::optional<PersonFound> judge(const PersonId& person, Instant now,
                                   const Result<std::optional<HotPersonFound>, StoreError>& found);

  HotBalances& hot_;
  HotBalanceProjector& projector_;
  std::atomic<std::uint64_t> hits_{0}, misses_{0}, fallbacks_{0};
};

}  // namespace gongji::actors
