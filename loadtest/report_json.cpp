#include "loadtest/report_json.hpp"

#include <boost/json.hpp>

namespace gongji::loadtest {
namespace {

namespace json = boost::json;

double milliseconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

json::object counts_json(const Counts& counts) {
  return {{"applied", counts.applied},
          {"refused", counts.refused},
          {"busy", counts.busy},
          {"unknown", counts.unknown}};
}

json::object latency_json(const Histogram& latency) {
  return {{"count", latency.count()},
          {"mean", latency.mean() / 1e6},
          {"p50", milliseconds(latency.value_at(0.5))},
          {"p90", milliseconds(latency.value_at(0.9))},
          {"p99", milliseconds(latency.value_at(0.99))},
          {"p99_9", milliseconds(latency.value_at(0.999))},
          {"p99_99", milliseconds(latency.value_at(0.9999))},
          {"max", milliseconds(latency.max())}};
}

json::object options_json(const LoadOptions& options) {
  return {{"profile", std::string{to_text(options.profile)}},
          {"transport", options.transport() == Transport::kTcp ? "tcp" : "http"},
          {"connections", options.connections},
          {"depth", options.depth},
          {"threads", options.threads},
          {"duration_s", options.duration_s.count()},
          {"warmup_s", options.warmup_s.count()},
          {"count", options.count},
          {"rate", options.rate},
          {"arrivals", options.arrivals == Arrivals::kPoisson ? "poisson" : "even"},
          {"families", options.families},
          {"singles", options.singles},
          {"seed", options.seed},
          {"command_line", options.command_line}};
}

json::array seconds_json(const std::vector<SecondSummary>& seconds) {
  json::array rows;
  for (const SecondSummary& second : seconds) {
    json::object row{{"second", second.second}, {"settled", second.settled}};
    for (const auto& field : counts_json(second.counts)) row.insert(field);
    row["p50"] = milliseconds(second.p50);
    row["p90"] = milliseconds(second.p90);
    row["p99"] = milliseconds(second.p99);
    row["max"] = milliseconds(second.max);
    rows.push_back(std::move(row));
  }
  return rows;
}

json::array watched_json(const std::vector<WatchedSecond>& watched) {
  json::array rows;
  for (const WatchedSecond& each : watched)
    rows.push_back(json::object{{"second", each.second},
                                {"commits", each.commits},
                                {"records", each.records},
                                {"records_per_commit", each.records_per_commit()},
                                {"processor_us_per_record", each.processor_us_per_record()},
                                {"hot_lag_records", each.hot_lag_records}});
  return rows;
}

json::object audit_json(const AuditReport& audit) {
  json::array problems;
  for (const std::string& problem : audit.problems) problems.emplace_back(problem);
  return {{"passed", audit.passed()},
          {"settlements_answered", audit.settlements_answered},
          {"settlements_asked", audit.settlements_asked},
          {"settlements_right", audit.settlements_right},
          {"settlements_wrong", audit.settlements_wrong},
          {"premiums_asked", audit.premiums_asked},
          {"premiums_right", audit.premiums_right},
          {"premiums_wrong", audit.premiums_wrong},
          {"open_asked", audit.open_asked},
          {"open_applied", audit.open_applied},
          {"open_unsolved", audit.open_unsolved},
          {"accounts_compared", audit.accounts_compared},
          {"accounts_wrong", audit.accounts_wrong},
          {"paid_answered", to_yuan_text(audit.paid_answered)},
          {"balance_drop", to_yuan_text(audit.balance_drop)},
          {"problems", std::move(problems)}};
}

json::object roll_json(const RollReport& roll) {
  json::array samples;
  for (const RollSample& sample : roll.samples)
    samples.push_back(
        json::object{{"second", sample.second}, {"accounts_done", sample.accounts_done}});
  return {{"passed", roll.passed()},
          {"year", roll.year},
          {"accounts_total", roll.accounts_total},
          {"accounts_done", roll.accounts_done},
          {"accounts_rolled", roll.accounts_rolled},
          {"accounts_skipped", roll.accounts_skipped},
          {"accounts_refused", roll.accounts_refused},
          {"complete", roll.complete},
          {"began_s", roll.began_s},
          {"ended_s", roll.ended_s},
          {"accounts_per_s", roll.accounts_per_second()},
          {"problem", roll.problem},
          {"samples", std::move(samples)}};
}

json::object soak_json(const RunResult& result) {
  json::array intervals;
  for (const SoakInterval& each : result.intervals) {
    json::object row{{"interval", each.number},
                     {"settlements_per_s", each.settlements_per_s},
                     {"counts", counts_json(each.counts)},
                     {"p50", milliseconds(each.p50)},
                     {"p99", milliseconds(each.p99)},
                     {"audit_passed", each.audit_passed}};
    if (each.resident_mb) row["resident_mb"] = *each.resident_mb;
    intervals.push_back(std::move(row));
  }
  json::array problems;
  for (const std::string& problem : result.soak_problems) problems.emplace_back(problem);
  return {{"intervals", std::move(intervals)}, {"problems", std::move(problems)}};
}

json::object disk_json(const DiskReport& disk) {
  json::array seconds;
  for (const DiskSecond& each : disk.per_second)
    seconds.push_back(
        json::object{{"second", each.second}, {"sync_max", milliseconds(each.sync_max_ns)}});
  return {{"sync_ms", latency_json(disk.sync)},
          {"stall_ms", disk.stall_ms.count()},
          {"stalls", disk.stalls},
          {"stalled_s", disk.stalled_s},
          {"problem", disk.problem},
          {"per_second", std::move(seconds)}};
}

json::object processor_json(const RunResult& result) {
  const auto messages = static_cast<double>(result.messages_all);
  if (messages <= 0) return {};
  json::object json{{"client", result.client_cpu_seconds * 1e6 / messages}};
  if (result.server_cpu_seconds) json["gateway"] = *result.server_cpu_seconds * 1e6 / messages;
  return json;
}

}  // namespace

std::string json_report(const RunResult& result) {
  json::object kinds;
  for (std::size_t i = 0; i < kLoadKinds; ++i) {
    const auto kind = static_cast<CallKind>(i);
    const KindTally& tally = result.kind(kind);
    if (tally.counts.all() == 0) continue;
    kinds[std::string{to_text(kind)}] = json::object{{"counts", counts_json(tally.counts)},
                                                     {"latency_ms", latency_json(tally.latency)}};
  }
  json::object codes;
  for (const auto& [code, count] : result.total.codes) codes[code] = count;
  json::object report{{"title", result.title()},
                      {"started_at", result.started_at},
                      {"machine", result.machine},
                      {"options", options_json(result.options)},
                      {"seconds", result.seconds},
                      {"settlements_per_s", result.per_second_of(result.settled())},
                      {"messages_per_s", result.per_second_of(result.counts().all())},
                      {"counts", counts_json(result.counts())},
                      {"codes", std::move(codes)},
                      {"latency_ms", latency_json(result.latency())},
                      {"busy_latency_ms", latency_json(result.total.busy_latency)},
                      {"since_sent_ms", latency_json(result.total.since_sent)},
                      {"sent_late_by_ms", latency_json(result.total.lateness)},
                      {"kinds", std::move(kinds)},
                      {"bytes_sent", result.total.bytes_sent},
                      {"bytes_received", result.total.bytes_received},
                      {"unsent", result.unsent},
                      {"connection_breaks", result.breaks},
                      {"processor_us_per_message", processor_json(result)},
                      {"per_second", seconds_json(result.per_second)}};
  if (!result.watched.empty()) report["gateway"] = watched_json(result.watched);
  if (result.disk) {
    report["disk"] = disk_json(*result.disk);
    report["latency_outside_stalls_ms"] = latency_json(result.total.calm_latency);
  }
  if (result.roll) report["roll"] = roll_json(*result.roll);
  if (!result.intervals.empty()) report["soak"] = soak_json(result);
  if (result.audit) report["audit"] = audit_json(*result.audit);
  return json::serialize(report) + "\n";
}

}  // namespace gongji::loadtest
