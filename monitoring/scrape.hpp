// One look at everything that was counted, as Prometheus families. Internal to monitoring/: the
// only header that knows prometheus-cpp.
#pragma once

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <cstdint>
#include <vector>

#include "monitoring/prometheus_metrics.hpp"

namespace gongji::monitoring {

struct Counted {
  std::vector<ThreadCounts*> blocks;
  std::uint64_t journal_sequence = 0;
  std::int64_t imbalance_fen = 0;
  const BuildInfo& build;
  const std::vector<WatchedNumber>& watched;
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
