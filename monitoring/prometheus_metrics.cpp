#include "monitoring/prometheus_metrics.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <utility>

#include "monitoring/scrape.hpp"
#include "monitoring/waiting.hpp"

namespace gongji::monitoring {
namespace {

std::uint64_t as_step(int change) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(change));
}

double zero() { return 0; }

std::int64_t unix_now_s() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

WatchedNumbers one_number(std::string name, std::string help, bool only_grows,
                          std::function<double()> read) {
  return {"gongji_" + std::move(name), std::move(help), only_grows, "", [read = std::move(read)] {
            return std::vector<WatchedNumbers::Value>{{"", read()}};
          }};
}

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

void PrometheusMetrics::institution(std::string_view institution, TransactionOutcome outcome,
                                    double seconds) {
  pool_->mine().institutions.count(institution, outcome, seconds, unix_now_s());
}

void PrometheusMetrics::waiting_began(std::chrono::steady_clock::time_point first_byte_at) {
  pool_->mine().waiting[waiting_slot(first_byte_at)].add(1);
}

void PrometheusMetrics::waiting_ended(std::chrono::steady_clock::time_point first_byte_at) {
  pool_->mine().waiting[waiting_slot(first_byte_at)].add(as_step(-1));
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

void PrometheusMetrics::household(HouseholdId household) {
  pool_->mine().households.note(household.number());
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
  if (amount.is_zero()) return;
  const Fen size = amount.is_negative() ? -amount : amount;
  pool_->mine().imbalance_fen.add(static_cast<std::uint64_t>(size.count()));
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
  watch(one_number(std::move(name), std::move(help), false, std::move(read)));
}

void PrometheusMetrics::add_counter(std::string name, std::string help,
                                    std::function<double()> read) {
  watch(one_number(std::move(name), std::move(help), true, std::move(read)));
}

void PrometheusMetrics::add_gauges(std::string name, std::string help, std::string label,
                                   std::function<std::vector<WatchedNumbers::Value>()> read) {
  watch({"gongji_" + std::move(name), std::move(help), false, std::move(label), std::move(read)});
}

void PrometheusMetrics::add_counters(std::string name, std::string help, std::string label,
                                     std::function<std::vector<WatchedNumbers::Value>()> read) {
  watch({"gongji_" + std::move(name), std::move(help), true, std::move(label), std::move(read)});
}

void PrometheusMetrics::watch(WatchedNumbers numbers) {
  const std::lock_guard lock{watched_mutex_};
  const auto same = std::find_if(watched_.begin(), watched_.end(),
                                 [&](const auto& each) { return each.name == numbers.name; });
  if (same == watched_.end())
    watched_.push_back(std::move(numbers));
  else
    *same = std::move(numbers);
}

double PrometheusMetrics::watched(std::string_view name) const {
  const std::lock_guard lock{watched_mutex_};
  for (const WatchedNumbers& numbers : watched_)
    if (numbers.label.empty() && numbers.name == std::string{"gongji_"}.append(name))
      return numbers.read().front().value;
  return 0;
}

void PrometheusMetrics::set_ledger(std::function<LedgerFigures()> read) {
  const std::lock_guard lock{ledger_mutex_};
  ledger_ = std::move(read);
}

LedgerFigures PrometheusMetrics::ledger() const {
  LedgerFigures figures;
  {
    const std::lock_guard lock{ledger_mutex_};
    if (ledger_) figures = ledger_();
  }
  for (const ThreadCounts* block : pool_->blocks())
    figures.imbalance_fen += static_cast<std::int64_t>(block->imbalance_fen.read());
  return figures;
}

std::string PrometheusMetrics::text() const {
  const std::lock_guard lock{watched_mutex_};
  const std::vector<ThreadCounts*> blocks = pool_->blocks();
  const auto now = std::chrono::steady_clock::now();
  hot_households_.look(blocks, now);
  const auto hottest = hot_households_.top(1);
  const Scrape scrape{{.blocks = blocks,
                       .journal_sequence = journal_sequence_.load(std::memory_order_relaxed),
                       .oldest_waiting_s = oldest_waiting_s(blocks, now),
                       .hottest_per_second = hottest.empty() ? 0 : hottest[0].per_second,
                       .hottest_share = hot_households_.top_share(),
                       .institutions = board_.rows(blocks, now),
                       .ledger = ledger(),
                       .process = process_figures(),
                       .build = build_,
                       .watched = watched_}};
  return prometheus::TextSerializer{}.Serialize(scrape.Collect());
}

}  // namespace gongji::monitoring
