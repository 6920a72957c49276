// Hop 7 of 8: the projector. After a record is durable, its household's balances go to the hot
// balances (Redis), best effort: coalesced per household, so a busy family costs one write however
// many settlements it made meanwhile, and memory is bounded. No settlement waits for it.
//
// A marker in the copy says up to which record it is complete. It moves only from where this
// projector left it, so a copy that was emptied, restored or replaced shows; then what it lacks is
// read from the journal: the records after its marker, or everything when it has none.
// Next hop: gateway/wire/answer_renderer.hpp
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "actors/hot_backlog.hpp"
#include "actors/hot_filler.hpp"
#include "actors/hot_writer.hpp"
#include "actors/options.hpp"
#include "ports/hot_balances.hpp"

namespace gongji::actors {

// What the SREs see of it.
struct ProjectorFigures {
  std::uint64_t lag_records = 0;  // durable records not yet in the copy; 0 when caught up
  double lag_seconds = 0;         // how long the oldest of them waits
  bool up = false;                // it answers, and is complete up to the backlog
  std::uint64_t rebuilds = 0;     // complete fillings
  std::uint64_t catch_ups = 0;    // partial ones, from the marker on
  double filled = 0;              // share of the running filling that is done; 1 when none runs
  std::uint64_t refused_older = 0;
  std::uint64_t bytes = 0;
  std::size_t backlog_households = 0;
};

class HotBalanceProjector {
 public:
  HotBalanceProjector(HotBalances& hot, HotFiller::Ports ports, Epoch epoch,
                      const ProjectorOptions& options);
  ~HotBalanceProjector();
  HotBalanceProjector(const HotBalanceProjector&) = delete;
  HotBalanceProjector& operator=(const HotBalanceProjector&) = delete;

  // The journal writer, after each durable group. Never blocks on the hot balances.
  void note(Sequence upto, std::vector<HotHousehold> changes) {
    backlog_.note(upto, std::move(changes));
  }
  void stop();  // idempotent; what is not projected is projected after the next start

  // ---- for readers of the copy; any thread ----
  // Where the copy is known to stand; nothing while it is not to be trusted.
  [[nodiscard]] std::optional<HotMarker> confirmed() const;
  // Whether everything durable of this household is in the copy now.
  [[nodiscard]] bool settled(HouseholdId household) const {
    return confirmed().has_value() && !backlog_.holds(household);
  }
  // What the copy says of this household is out of date by the calendar: write it again.
  void refresh(HouseholdId household) { backlog_.refresh(household); }

  [[nodiscard]] ProjectorFigures figures() const;

 private:
  enum class Fit { kOurs, kNone, kForeign, kNewerOwner };

  void run();
  bool step();
  bool wait_for_the_first_record();
  bool flush();
  bool flush_waiting(Sequence* upto = nullptr);
  bool marker_stands();
  bool reconcile();
  [[nodiscard]] Fit judge(const std::optional<HotMarker>& marker) const;
  bool catch_up(Sequence from);
  bool catch_up_by_records(Sequence& from, Sequence until);
  bool rebuild(bool clear_first);
  void begin_filling(Sequence marked);
  bool fill(Sequence after);
  bool finish_filling(Sequence marked, Sequence* upto);
  bool give_up_views();
  bool between(std::size_t done, std::size_t total);
  bool move_marker(std::optional<Sequence> from, Sequence to);
  bool trust(Sequence upto);
  void distrust();
  [[nodiscard]] HotMarker marker_at(Sequence sequence) const;
  bool complain(const std::string& what);

  HotBalances& hot_;
  const Epoch epoch_;
  const ProjectorOptions options_;
  HotBacklog backlog_;
  HotViews views_;
  HotWriter writer_;
  HotFiller filler_;

  // Projector thread only.
  std::string journal_;
  bool gap_ = true;  // changes exist that are neither in the copy nor in the backlog
  bool ever_whole_ = false;
  std::string complaint_;                          // said already
  std::chrono::steady_clock::time_point checked_;  // when the marker was last seen to stand

  std::atomic<std::uint64_t> projected_{0};  // everything up to here is in the copy
  std::atomic<std::uint64_t> rebuilds_{0};
  std::atomic<std::uint64_t> catch_ups_{0};
  std::atomic<double> filled_{0};
  std::atomic<bool> empty_and_up_{false};  // nothing to show yet, and the copy answers
  mutable std::mutex mutex_;
  std::optional<HotMarker> confirmed_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace gongji::actors
