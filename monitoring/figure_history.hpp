// The last quarter of an hour in steps of two seconds, so that the ops page shows what led to the
// alert and not only what comes after it was opened. About 250 KB.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "monitoring/hot_households.hpp"
#include "monitoring/prometheus_metrics.hpp"
#include "monitoring/totals.hpp"

namespace gongji::monitoring {

constexpr std::chrono::seconds kHistoryStep{2};
constexpr std::size_t kHistorySteps = 450;
constexpr std::size_t kHouseholdsShown = 8;

struct HistoryPoint {
  std::int64_t at_ms = 0;  // Unix time of its end
  double seconds = 0;      // how long the step was
  Totals counted;          // in this step
  std::uint64_t mailbox_depth = 0;
  double oldest_waiting_s = 0;
  double hot_balance_lag_records = 0;
  double store_free_bytes = 0;
};

class FigureHistory {
 public:
  // Looks every kHistoryStep on its own thread; `metrics` outlives it.
  explicit FigureHistory(const PrometheusMetrics& metrics);
  ~FigureHistory();
  FigureHistory(const FigureHistory&) = delete;
  FigureHistory& operator=(const FigureHistory&) = delete;

  // Any thread. Points that ended after `after_ms`, oldest first.
  [[nodiscard]] std::vector<HistoryPoint> after(std::int64_t after_ms) const;
  [[nodiscard]] std::vector<HotHouseholdFigure> hot_households() const;
  // The counts of the last `span`, as one step.
  [[nodiscard]] HistoryPoint last(std::chrono::seconds span) const;

  // One look; the thread's work, and a test's.
  void look(std::chrono::steady_clock::time_point now, std::int64_t unix_ms);

 private:
  void run();

  const PrometheusMetrics& metrics_;
  Totals before_;                                    // looks only
  std::chrono::steady_clock::time_point looked_at_;  // looks only
  HotHouseholds hot_;                                // looks only
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<HistoryPoint> points_;          // guarded by mutex_
  std::vector<HotHouseholdFigure> hottest_;  // guarded by mutex_
  bool stopping_ = false;                    // guarded by mutex_
  std::thread thread_;
};

}  // namespace gongji::monitoring
