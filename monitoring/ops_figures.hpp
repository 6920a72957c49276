// GET /ops/figures.json: everything the ops page and `gongjictl top` show, in one answer
// (docs/ops_page.md has its shape).
#pragma once

#include <cstdint>
#include <string>

#include "monitoring/figure_history.hpp"
#include "monitoring/health.hpp"
#include "monitoring/prometheus_metrics.hpp"

namespace gongji::monitoring {

// Any thread, some milliseconds. `after_ms`: points of the history from there on only.
std::string ops_figures_json(const PrometheusMetrics& metrics, const Health& health,
                             const FigureHistory& history, std::int64_t after_ms,
                             std::int64_t now_ms);

}  // namespace gongji::monitoring
