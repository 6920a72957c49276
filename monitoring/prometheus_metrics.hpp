// Counts what the program says through ports/metrics.hpp and tells Prometheus. Counting touches
// only the calling thread's own block: no lock and no shared cache line
// (monitoring/thread_counts.hpp). A scrape sums the blocks of all threads (monitoring/scrape.cpp,
// where every family is declared).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "monitoring/counts_pool.hpp"
#include "monitoring/hot_households.hpp"
#include "monitoring/institution_board.hpp"
#include "monitoring/ledger_watch.hpp"
#include "ports/metrics.hpp"
#include "ports/traffic.hpp"

namespace gongji::monitoring {

struct BuildInfo {
  std::string version;  // "0.1.0"
  std::string commit;   // "5f0182c"
};

// Numbers somebody else knows; asked at every scrape, on the scraping thread.
struct WatchedNumbers {
  struct Value {
    std::string label;  // the value of `label` below
    double value = 0;
  };
  std::string name;  // with its prefix
  std::string help;
  bool only_grows = false;  // a counter
  std::string label;        // "" = one number without a label
  std::function<std::vector<Value>()> read;
};

class PrometheusMetrics final : public Metrics, public Traffic {
 public:
  explicit PrometheusMetrics(BuildInfo build);

  void transaction(std::string_view infno, TransactionOutcome outcome, double seconds) override;
  void stage(Stage stage, double seconds) override;
  void institution(std::string_view institution, TransactionOutcome outcome,
                   double seconds) override;
  void waiting_began(std::chrono::steady_clock::time_point first_byte_at) override;
  void waiting_ended(std::chrono::steady_clock::time_point first_byte_at) override;
  void refusal(Reason reason) override;
  void zero_share(Reason reason) override;
  void paid(PaidFrom source, Channel channel, Fen amount) override;
  void inflight(int change) override;
  void shed(ShedCause cause) override;
  void actors(int change) override;
  void activation() override;
  void passivation() override;
  void mailbox_depth(std::uint64_t depth) override;
  void household(HouseholdId household) override;
  void journal_commit(std::uint64_t records, double seconds) override;
  void journal_sequence(std::uint64_t durable) override;
  void journal_failure() override;
  void ledger_imbalance(Fen amount) override;
  void connections(Transport transport, int change) override;
  void frame(Transport transport) override;
  void http_request(int status) override;

  // Any thread. A name already there gets the new source: the hot_balance_* families exist from the
  // start and read 0 until somebody knows them. `read` must not block and not throw.
  void add_gauge(std::string name, std::string help, std::function<double()> read);
  void add_counter(std::string name, std::string help, std::function<double()> read);
  // One number for each value of `label`; there must be few of them.
  void add_gauges(std::string name, std::string help, std::string label,
                  std::function<std::vector<WatchedNumbers::Value>()> read);
  void add_counters(std::string name, std::string help, std::string label,
                    std::function<std::vector<WatchedNumbers::Value>()> read);
  // The register of institutions (monitoring/institution_board.hpp). Any thread.
  void know_institutions(const std::vector<std::string>& codes) { board_.know(codes); }

  // What the running audit found, from now on; zeroes until then. Any thread.
  void set_ledger(std::function<LedgerFigures()> read);
  // Money that appeared or vanished, wherever it was found; must be 0.
  [[nodiscard]] LedgerFigures ledger() const;

  // The watched number of that name (without gongji_); 0 when nobody knows it.
  [[nodiscard]] double watched(std::string_view name) const;
  [[nodiscard]] const BuildInfo& build() const { return build_; }

  // What all threads have counted so far. The blocks live as long as the metrics.
  [[nodiscard]] std::vector<ThreadCounts*> blocks() const { return pool_->blocks(); }
  [[nodiscard]] std::uint64_t durable() const {
    return journal_sequence_.load(std::memory_order_relaxed);
  }

  // The text exposition format, version 0.0.4. Any thread, some hundred microseconds.
  [[nodiscard]] std::string text() const;

 private:
  void watch(WatchedNumbers numbers);

  const std::shared_ptr<CountsPool> pool_ = std::make_shared<CountsPool>();
  const BuildInfo build_;
  std::atomic<std::uint64_t> journal_sequence_{0};
  mutable InstitutionBoard board_;
  mutable std::mutex watched_mutex_;
  std::vector<WatchedNumbers> watched_;   // guarded by watched_mutex_
  mutable HotHouseholds hot_households_;  // likewise
  mutable std::mutex ledger_mutex_;
  std::function<LedgerFigures()> ledger_;  // guarded by ledger_mutex_
};

}  // namespace gongji::monitoring
