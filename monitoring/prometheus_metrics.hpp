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
#include "ports/metrics.hpp"

namespace gongji::monitoring {

struct BuildInfo {
  std::string version;  // "0.1.0"
  std::string commit;   // "5f0182c"
};

// A number somebody else knows; asked at every scrape, on the scraping thread.
struct WatchedNumber {
  std::string name;  // without the prefix gongji_
  std::string help;
  bool only_grows = false;  // a counter
  std::function<double()> read;
};

class PrometheusMetrics final : public Metrics {
 public:
  explicit PrometheusMetrics(BuildInfo build);

  void transaction(std::string_view infno, TransactionOutcome outcome, double seconds) override;
  void stage(Stage stage, double seconds) override;
  void refusal(Reason reason) override;
  void zero_share(Reason reason) override;
  void paid(PaidFrom source, Channel channel, Fen amount) override;
  void inflight(int change) override;
  void shed(ShedCause cause) override;
  void actors(int change) override;
  void activation() override;
  void passivation() override;
  void mailbox_depth(std::uint64_t depth) override;
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

  // The text exposition format, version 0.0.4. Any thread, some hundred microseconds.
  [[nodiscard]] std::string text() const;

 private:
  void watch(WatchedNumber number);

  const std::shared_ptr<CountsPool> pool_ = std::make_shared<CountsPool>();
  const BuildInfo build_;
  std::atomic<std::uint64_t> journal_sequence_{0};
  std::atomic<std::int64_t> imbalance_fen_{0};
  mutable std::mutex watched_mutex_;
  std::vector<WatchedNumber> watched_;  // guarded by watched_mutex_
};

}  // namespace gongji::monitoring
