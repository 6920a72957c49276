#include "monitoring/ops_figures.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "monitoring/process_figures.hpp"
#include "monitoring/thresholds.hpp"
#include "monitoring/verdict.hpp"

namespace gongji::monitoring {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kMinute{60};
constexpr std::chrono::seconds kFiveMinutes{300};
constexpr std::size_t kReasonsShown = 8;

double per_second(std::uint64_t count, const HistoryPoint& point) {
  return point.seconds > 0 ? static_cast<double>(count) / point.seconds : 0;
}

json::object point_json(const HistoryPoint& point) {
  const Totals& counted = point.counted;
  json::object out{{"at_ms", point.at_ms}};
  for (std::size_t i = 0; i < kOutcomes.size(); ++i)
    out[std::string{kOutcomes[i]} + "_per_s"] = per_second(counted.outcomes[i], point);
  std::uint64_t shed = 0;
  for (const std::uint64_t each : counted.shed) shed += each;
  out["turned_away_per_s"] = per_second(shed, point);
  out["p50_s"] = quantile(counted.duration, 0.50);
  out["p95_s"] = quantile(counted.duration, 0.95);
  out["p99_s"] = quantile(counted.duration, 0.99);
  for (std::size_t i = 0; i < kSources.size(); ++i)
    out[std::string{kSources[i]} + "_fen_per_s"] = per_second(counted.paid_fen[i], point);
  const auto commits = static_cast<double>(count_of(counted.commit));
  out["records_per_sync"] =
      commits > 0 ? static_cast<double>(counted.committed_records) / commits : 0;
  out["sync_p50_s"] = quantile(counted.commit, 0.50);
  out["sync_p99_s"] = quantile(counted.commit, 0.99);
  out["inflight"] = counted.inflight;
  out["oldest_s"] = point.oldest_waiting_s;
  out["queue_longest"] = point.mailbox_depth;
  out["redis_lag_records"] = point.hot_balance_lag_records;
  out["free_bytes"] = point.store_free_bytes;
  return out;
}

json::array reasons_json(const std::array<std::uint64_t, kReasonCount>& counts) {
  std::vector<std::size_t> order;
  for (std::size_t i = 1; i < kReasonCount; ++i)
    if (counts[i] > 0) order.push_back(i);
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
  json::array out;
  for (const std::size_t i : order) {
    if (out.size() == kReasonsShown) break;
    out.push_back(json::object{{"reason", code(static_cast<Reason>(i))}, {"count", counts[i]}});
  }
  return out;
}

json::array households_json(const FigureHistory& history) {
  json::array out;
  for (const HotHouseholdFigure& each : history.hot_households())
    out.push_back(json::object{{"household", masked(each.household)}, {"per_s", each.per_second}});
  return out;
}

json::object verdict_json(const Verdict& verdict) {
  json::array findings;
  for (const Finding& each : verdict.findings)
    findings.push_back(
        json::object{{"grade", to_text(each.grade)}, {"text", each.text}, {"alert", each.alert}});
  return {{"money", {{"grade", to_text(verdict.money)}, {"text", verdict.money_text}}},
          {"serving", {{"grade", to_text(verdict.serving)}, {"text", verdict.serving_text}}},
          {"wrong", std::move(findings)}};
}

json::object limits_json(const PrometheusMetrics& metrics) {
  return {{"inflight", metrics.watched("inflight_limit")},
          {"household_inflight", metrics.watched("household_inflight_limit")},
          {"free_bytes_min", metrics.watched("store_free_bytes_min")},
          {"households_in_memory", metrics.watched("actors_limit")},
          {"latency_s", kLatencySeconds},
          {"sync_p99_s", kJournalP99Seconds},
          {"redis_lag_records", kHotBalanceLagRecords}};
}

json::object now_json(const PrometheusMetrics& metrics, const Health& health,
                      const HistoryPoint& minute) {
  const LedgerFigures ledger = metrics.ledger();
  const ProcessFigures process = process_figures();
  return {{"version", metrics.build().version},
          {"commit", metrics.build().commit},
          {"started_s", process.start_time_seconds},
          {"ready", health.ready()},
          {"journal_sequence", metrics.durable()},
          {"households_in_memory", minute.counted.actors},
          {"resident_bytes", process.resident_bytes},
          {"cpu_seconds", process.cpu_seconds},
          {"imbalance_fen", ledger.imbalance_fen},
          {"audit_last_success_s", ledger.last_success_s},
          {"audit_lag_records", ledger.lag_records},
          {"redis_wanted", metrics.watched("hot_balance_wanted") != 0},
          {"redis_up", metrics.watched("hot_balance_up") != 0}};
}

}  // namespace

std::string ops_figures_json(const PrometheusMetrics& metrics, const Health& health,
                             const FigureHistory& history, std::int64_t after_ms,
                             std::int64_t now_ms) {
  const HistoryPoint minute = history.last(kMinute);
  const HistoryPoint five_minutes = history.last(kFiveMinutes);
  const Verdict verdict = judge(metrics, health, minute, history.hot_households(), now_ms / 1000);
  json::array points;
  for (const HistoryPoint& point : history.after(after_ms)) points.push_back(point_json(point));
  json::object out{{"now_ms", now_ms}, {"step_s", kHistoryStep.count()}};
  out["verdict"] = verdict_json(verdict);
  out["now"] = now_json(metrics, health, minute);
  out["minute"] = point_json(minute);
  out["limits"] = limits_json(metrics);
  out["refusals_5min"] = reasons_json(five_minutes.counted.refusals);
  out["no_family_money_5min"] = reasons_json(five_minutes.counted.zero_shares);
  out["hottest_households"] = households_json(history);
  out["points"] = std::move(points);
  return json::serialize(out) + "\n";
}

}  // namespace gongji::monitoring
