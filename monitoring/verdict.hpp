// The three questions of whoever was woken: is money at risk, is it serving, what is wrong? Judged
// by the thresholds of the alerts (monitoring/thresholds.hpp), over the last minute instead of
// hours: what is on the page need not have fired yet.
#pragma once

#include <string>
#include <vector>

#include "monitoring/figure_history.hpp"
#include "monitoring/health.hpp"
#include "monitoring/prometheus_metrics.hpp"

namespace gongji::monitoring {

enum class Grade : std::uint8_t { kGood, kWarning, kBad };
std::string_view to_text(Grade grade);  // "good", "warning", "bad"

struct Finding {
  Grade grade = Grade::kWarning;
  std::string text;   // one sentence
  std::string alert;  // whose runbook says what to do: a heading of docs/operating.md
};

struct Verdict {
  Grade money = Grade::kGood;
  std::string money_text;
  Grade serving = Grade::kGood;
  std::string serving_text;
  std::vector<Finding> findings;  // worst first; empty = nothing is wrong
};

Verdict judge(const PrometheusMetrics& metrics, const Health& health, const HistoryPoint& minute,
              const std::vector<HotHouseholdFigure>& households, std::int64_t now_s);

}  // namespace gongji::monitoring
