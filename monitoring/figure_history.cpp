#include "monitoring/figure_history.hpp"

#include <algorithm>

#include "monitoring/waiting.hpp"
#include "ports/background_thread.hpp"

namespace gongji::monitoring {
namespace {

std::int64_t unix_now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

template <class Values>
void add_all(Values& to, const Values& more) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += more[i];
}

void add(Totals& to, const Totals& more) {
  add_all(to.outcomes, more.outcomes);
  add_all(to.duration, more.duration);
  add_all(to.paid_fen, more.paid_fen);
  add_all(to.refusals, more.refusals);
  add_all(to.zero_shares, more.zero_shares);
  add_all(to.shed, more.shed);
  add_all(to.commit, more.commit);
  to.committed_records += more.committed_records;
  to.journal_failures += more.journal_failures;
  to.inflight = more.inflight;
  to.actors = more.actors;
}

}  // namespace

FigureHistory::FigureHistory(const PrometheusMetrics& metrics)
    : metrics_(metrics),
      before_(totals_of(metrics.blocks())),
      looked_at_(std::chrono::steady_clock::now()),
      thread_([this] { run(); }) {}

FigureHistory::~FigureHistory() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void FigureHistory::run() {
  step_back("figures");
  for (;;) {
    {
      std::unique_lock lock{mutex_};
      if (wake_.wait_for(lock, kHistoryStep, [this] { return stopping_; })) return;
    }
    look(std::chrono::steady_clock::now(), unix_now_ms());
  }
}

void FigureHistory::look(std::chrono::steady_clock::time_point now, std::int64_t unix_ms) {
  const std::vector<ThreadCounts*> blocks = metrics_.blocks();
  const Totals totals = totals_of(blocks);
  HistoryPoint point;
  point.at_ms = unix_ms;
  point.seconds = std::chrono::duration<double>(now - looked_at_).count();
  point.counted = between(before_, totals);
  for (ThreadCounts* block : blocks)
    point.mailbox_depth =
        std::max(point.mailbox_depth, block->mailbox_depth.take(Reader::kHistory));
  point.oldest_waiting_s = oldest_waiting_s(blocks, now);
  point.hot_balance_lag_records = metrics_.watched("hot_balance_lag_records");
  point.store_free_bytes = metrics_.watched("store_free_bytes");
  hot_.look(blocks, now);
  before_ = totals;
  looked_at_ = now;
  const std::lock_guard lock{mutex_};
  points_.push_back(point);
  if (points_.size() > kHistorySteps) points_.pop_front();
  hottest_ = hot_.top(kHouseholdsShown);
}

std::vector<HistoryPoint> FigureHistory::after(std::int64_t after_ms) const {
  const std::lock_guard lock{mutex_};
  const auto first =
      std::find_if(points_.begin(), points_.end(),
                   [after_ms](const HistoryPoint& point) { return point.at_ms > after_ms; });
  return {first, points_.end()};
}

std::vector<HotHouseholdFigure> FigureHistory::hot_households() const {
  const std::lock_guard lock{mutex_};
  return hottest_;
}

HistoryPoint FigureHistory::last(std::chrono::seconds span) const {
  const std::lock_guard lock{mutex_};
  HistoryPoint sum;
  if (points_.empty()) return sum;
  const std::int64_t since_ms = points_.back().at_ms - std::chrono::milliseconds{span}.count();
  for (const HistoryPoint& point : points_) {
    if (point.at_ms <= since_ms) continue;
    add(sum.counted, point.counted);
    sum.seconds += point.seconds;
    sum.mailbox_depth = std::max(sum.mailbox_depth, point.mailbox_depth);
  }
  const HistoryPoint& newest = points_.back();
  sum.at_ms = newest.at_ms;
  sum.oldest_waiting_s = newest.oldest_waiting_s;
  sum.hot_balance_lag_records = newest.hot_balance_lag_records;
  sum.store_free_bytes = newest.store_free_bytes;
  return sum;
}

}  // namespace gongji::monitoring
