#include "monitoring/prometheus_metrics.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <utility>

#include "monitoring/scrape.hpp"

namespace gongji::monitoring {
namespace {

std::uint64_t as_step(int change) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(change));
}

double zero() { return 0; }

}  // namespace

PrometheusMetrics::PrometheusMetrics(BuildInfo build) : build_(std::move(build)) {
  add_gauge("hot_balance_lag_records", "Journal records not yet projected to Redis.", zero);
  add_gauge("hot_balance_up", "1 while Redis answers and is reconciled.", zero);
  add_counter("hot_balance_rebuilds_total", "Times Redis was filled anew from the journal.", zero);
}

void PrometheusMetrics::transaction(std::string_view infno, TransactionOutcome outcome,
                                    double seconds) {
  ThreadCounts& mine = pool_->mine();
  const std::size_t index = infno_index(infno);
  mine.transactions[index][index_of(outcome)].add(1);
  mine.transaction_seconds[index].observe(kSecondsEdges, seconds);
}

void PrometheusMetrics::stage(Stage stage, double seconds) {
  pool_->mine().stage_seconds[index_of(stage)].observe(kSecondsEdges, seconds);
}

void PrometheusMetrics::refusal(Reason reason) { pool_->mine().refusals[index_of(reason)].add(1); }

void PrometheusMetrics::zero_share(Reason reason) {
  pool_->mine().zero_shares[index_of(reason)].add(1);
}

void PrometheusMetrics::paid(PaidFrom source, Channel channel, Fen amount) {
  if (!amount.is_positive()) return;  // a counter never goes down
  pool_->mine().paid_fen[index_of(source)][index_of(channel)].add(
      static_cast<std::uint64_t>(amount.count()));
}

void PrometheusMetrics::inflight(int change) { pool_->mine().inflight.add(as_step(change)); }
void PrometheusMetrics::shed(ShedCause cause) { pool_->mine().shed[index_of(cause)].add(1); }

void PrometheusMetrics::actors(int change) { pool_->mine().actors.add(as_step(change)); }
void PrometheusMetrics::activation() { pool_->mine().activations.add(1); }
void PrometheusMetrics::passivation() { pool_->mine().passivations.add(1); }
void PrometheusMetrics::mailbox_depth(std::uint64_t depth) {
  pool_->mine().mailbox_depth.see(depth);
}

void PrometheusMetrics::journal_commit(std::uint64_t records, double seconds) {
  ThreadCounts& mine = pool_->mine();
  mine.commit_records.observe(kRecordsEdges, static_cast<double>(records));
  mine.commit_seconds.observe(kSecondsEdges, seconds);
}

void PrometheusMetrics::journal_sequence(std::uint64_t durable) {
  journal_sequence_.store(durable, std::memory_order_relaxed);
}

void PrometheusMetrics::journal_failure() { pool_->mine().journal_failures.add(1); }

void PrometheusMetrics::ledger_imbalance(Fen amount) {
  imbalance_fen_.store(amount.count(), std::memory_order_relaxed);
}

void PrometheusMetrics::connections(Transport transport, int change) {
  pool_->mine().connections[index_of(transport)].add(as_step(change));
}
void PrometheusMetrics::frame(Transport transport) {
  pool_->mine().frames[index_of(transport)].add(1);
}
void PrometheusMetrics::http_request(int status) {
  pool_->mine().http_requests[status_index(status)].add(1);
}

void PrometheusMetrics::add_gauge(std::string name, std::string help,
                                  std::function<double()> read) {
  watch({std::move(name), std::move(help), false, std::move(read)});
}

void PrometheusMetrics::add_counter(std::string name, std::string help,
                                    std::function<double()> read) {
  watch({std::move(name), std::move(help), true, std::move(read)});
}

void PrometheusMetrics::watch(WatchedNumber number) {
  const std::lock_guard lock{watched_mutex_};
  const auto same = std::find_if(watched_.begin(), watched_.end(), [&](const WatchedNumber& each) {
    return each.name == number.name;
  });
  if (same == watched_.end())
    watched_.push_back(std::move(number));
  else
    *same = std::move(number);
}

std::string PrometheusMetrics::text() const {
  const std::lock_guard lock{watched_mutex_};
  const Scrape scrape{{.blocks = pool_->blocks(),
                       .journal_sequence = journal_sequence_.load(std::memory_order_relaxed),
                       .imbalance_fen = imbalance_fen_.load(std::memory_order_relaxed),
                       .build = build_,
                       .watched = watched_}};
  return prometheus::TextSerializer{}.Serialize(scrape.Collect());
}

}  // namespace gongji::monitoring
