#include "loadtest/soak.hpp"

#include <algorithm>
#include <cstdio>

namespace gongji::loadtest {
namespace {

std::string fixed(double number, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, number);
  return text;
}

LoadOptions part_of(const LoadOptions& options, std::uint64_t interval,
                    std::chrono::seconds played) {
  LoadOptions part = options;
  part.duration_s = std::min(options.interval_s, options.duration_s - played);
  part.seed = options.seed + interval;
  if (interval > 0) part.warmup_s = std::chrono::seconds{0};
  return part;
}

SoakInterval summary_of(const RunResult& part, std::uint64_t number) {
  const Histogram latency = part.latency();
  return {.number = number,
          .settlements_per_s = part.per_second_of(part.settled()),
          .counts = part.counts(),
          .p50 = latency.value_at(0.5),
          .p99 = latency.value_at(0.99),
          .resident_mb = resident_mb_of(part.options.server_pid),
          .audit_passed = part.audit && part.audit->passed()};
}

void add(const AuditReport& part, AuditReport& whole) {
  whole.settlements_answered += part.settlements_answered;
  whole.settlements_asked += part.settlements_asked;
  whole.settlements_right += part.settlements_right;
  whole.settlements_wrong += part.settlements_wrong;
  whole.premiums_asked += part.premiums_asked;
  whole.premiums_right += part.premiums_right;
  whole.premiums_wrong += part.premiums_wrong;
  whole.open_asked += part.open_asked;
  whole.open_applied += part.open_applied;
  whole.open_unsolved += part.open_unsolved;
  whole.accounts_compared += part.accounts_compared;
  whole.accounts_wrong += part.accounts_wrong;
  whole.paid_answered += part.paid_answered;
  whole.balance_drop += part.balance_drop;
  for (const std::string& problem : part.problems) whole.problem(problem);
}

void add(std::optional<DiskReport> part, std::uint64_t seconds_before,
         std::optional<DiskReport>& whole) {
  if (!part) return;
  for (DiskSecond& second : part->per_second) second.second += seconds_before;
  if (!whole) return void(whole = std::move(part));
  whole->add(*part);
}

void add_optional(const std::optional<double>& part, std::optional<double>& whole) {
  if (part) whole = whole.value_or(0) + *part;
}

// `played` seconds lie before the part.
void add(RunResult part, std::chrono::seconds played, RunResult& whole) {
  const auto before = static_cast<std::uint64_t>(played.count());
  for (SecondSummary& second : part.per_second) {
    second.second += before;
    whole.per_second.push_back(second);
  }
  for (WatchedSecond& second : part.watched) {
    second.second += before;
    whole.watched.push_back(second);
  }
  whole.seconds += part.seconds;
  whole.total.add(part.total);
  whole.breaks += part.breaks;
  if (!part.last_break.empty()) whole.last_break = part.last_break;
  whole.unsent += part.unsent;
  whole.client_cpu_seconds += part.client_cpu_seconds;
  add_optional(part.server_cpu_seconds, whole.server_cpu_seconds);
  whole.messages_all += part.messages_all;
  add(std::move(part.disk), before, whole.disk);
  if (part.audit) add(*part.audit, *whole.audit);
}

}  // namespace

Result<RunResult, std::string> run_soak(const LoadOptions& options, const RunPart& run) {
  RunResult whole{options};
  whole.audit.emplace();
  std::chrono::seconds played{0};
  for (std::uint64_t interval = 0; played < options.duration_s && whole.audit->passed();
       ++interval) {
    auto part = run(part_of(options, interval, played));
    if (!part) return "interval " + std::to_string(interval + 1) + ": " + part.error();
    if (interval == 0) whole.machine = part->machine, whole.started_at = part->started_at;
    const std::chrono::seconds length = part->options.duration_s;
    whole.intervals.push_back(summary_of(*part, interval + 1));
    add(std::move(part).value(), played, whole);
    played += length;
  }
  whole.soak_problems = soak_problems(options, whole.intervals);
  return whole;
}

std::vector<std::string> soak_problems(const LoadOptions& options,
                                       const std::vector<SoakInterval>& intervals) {
  std::vector<std::string> problems;
  if (intervals.size() < 2) return problems;
  const SoakInterval& first = intervals.front();
  const SoakInterval& last = intervals.back();
  if (options.growth_max_mb && first.resident_mb && last.resident_mb &&
      *last.resident_mb - *first.resident_mb > *options.growth_max_mb)
    problems.push_back("memory grew from " + fixed(*first.resident_mb, 0) + " to " +
                       fixed(*last.resident_mb, 0) + " MB, more than " +
                       fixed(*options.growth_max_mb, 0) + " MB");
  if (options.growth_max_mb && !(first.resident_mb && last.resident_mb))
    problems.push_back("memory of process " + std::to_string(options.server_pid) +
                       " could not be read");
  const double drift =
      first.p99 == 0 ? 0 : static_cast<double>(last.p99) / static_cast<double>(first.p99);
  if (options.drift_max && drift > *options.drift_max)
    problems.push_back("p99 became " + fixed(drift, 2) + " times as long, more than " +
                       fixed(*options.drift_max, 2));
  return problems;
}

}  // namespace gongji::loadtest
