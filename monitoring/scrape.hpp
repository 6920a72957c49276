// One look at everything that was counted, as Prometheus families. Internal to monitoring/: the
// only header that knows prometheus-cpp.
#pragma once

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <cstdint>
#include <vector>

#include "monitoring/process_figures.hpp"
#include "monitoring/prometheus_metrics.hpp"

namespace gongji::monitoring {

struct Counted {
  std::vector<ThreadCounts*> blocks;
  std::uint64_t journal_sequence = 0;
  double oldest_waiting_s = 0;
  double hottest_per_second = 0;
  double hottest_share = 0;
  std::vector<InstitutionRow> institutions;
  LedgerFigures ledger;
  ProcessFigures process;
  const BuildInfo& build;
  const std::vector<WatchedNumbers>& watched;
};

class Scrape final : public prometheus::Collectable {
 public:
  explicit Scrape(Counted counted) : counted_(std::move(counted)) {}
  // Takes the maxima, so they start again at 0.
  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  Counted counted_;
};

}  // namespace gongji::monitoring
