#include "loadtest/report_html.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "loadtest/client/progress_line.hpp"
#include "loadtest/report_text.hpp"
#include "loadtest/svg_plot.hpp"

namespace gongji::loadtest {
namespace {

constexpr const char* kStyle = R"css(
:root { color-scheme: light dark; --page: #fbfbfa; --ink: #1c2126; --soft: #667078; --rule: #dfe3e6;
  --c0: #1f6feb; --c1: #c2571a; --c2: #b3261e; --c3: #6b7280; --good: #1a7f4b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --page: #14171a; --ink: #e6e9ec; --soft: #98a2aa;
  --rule: #2b3137; --c0: #6ea8ff; --c1: #f0a060; --c2: #ff8078; --c3: #a0a8b0; --good: #58c98b; --bad: #ff8078; } }
body { margin: 2rem auto; max-width: 900px; padding: 0 1rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
p.soft { color: var(--soft); margin: 0 0 1.5rem; } code { font-size: .85rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .75rem; margin: 0; }
dt { color: var(--soft); font-size: .8rem; } dd { margin: 0; font-size: 1.35rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem .5rem; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { text-align: left; } th { color: var(--soft); font-weight: 500; }
svg { width: 100%; height: auto; } .grid { stroke: var(--rule); stroke-width: 1; }
.tick { fill: var(--soft); font-size: 11px; } .legend { fill: var(--ink); font-size: 12px; }
.line { fill: none; stroke-width: 1.8; stroke-linejoin: round; } .hit { fill: transparent; }
.hit:hover { fill: var(--soft); fill-opacity: .12; }
.line-0 { stroke: var(--c0); } .line-1 { stroke: var(--c1); } .line-2 { stroke: var(--c2); } .line-3 { stroke: var(--c3); }
.fill-0 { fill: var(--c0); } .fill-1 { fill: var(--c1); } .fill-2 { fill: var(--c2); } .fill-3 { fill: var(--c3); }
.good { color: var(--good); } .bad { color: var(--bad); }
)css";

constexpr std::size_t kPointsMax = 600;

std::string figure(const std::string& name, const std::string& value) {
  return "<div><dt>" + escaped(name) + "</dt><dd>" + escaped(value) + "</dd></div>\n";
}

std::string whole(double number) { return with_thousands(static_cast<std::uint64_t>(number)); }

std::string figures(const RunResult& result) {
  const Histogram& settle = result.kind(CallKind::kSettle).latency;
  const Counts counts = result.counts();
  std::string html = "<dl>\n" +
                     figure("settlements/s", whole(result.per_second_of(result.settled()))) +
                     figure("messages/s", whole(result.per_second_of(counts.all()))) +
                     figure("settle p50, ms", milliseconds_text(settle.value_at(0.5))) +
                     figure("settle p99, ms", milliseconds_text(settle.value_at(0.99))) +
                     figure("settle p99.9, ms", milliseconds_text(settle.value_at(0.999))) +
                     figure("refused", with_thousands(counts.refused)) +
                     figure("busy", with_thousands(counts.busy)) +
                     figure("unknown", with_thousands(counts.unknown));
  if (result.server_cpu_seconds && result.messages_all > 0)
    html +=
        figure("gateway, µs of processor a message",
               milliseconds_text(static_cast<std::uint64_t>(
                   *result.server_cpu_seconds * 1e12 / static_cast<double>(result.messages_all))));
  return html + "</dl>\n";
}

std::string table_row(const std::string& name, const Histogram& latency) {
  std::string html =
      "<tr><td>" + escaped(name) + "</td><td>" + with_thousands(latency.count()) + "</td>";
  for (const double share : {0.5, 0.9, 0.99, 0.999})
    html += "<td>" + milliseconds_text(latency.value_at(share)) + "</td>";
  return html + "<td>" + milliseconds_text(latency.max()) + "</td></tr>\n";
}

std::string latency_table(const RunResult& result) {
  std::string html =
      "<table><tr><th>latency, ms</th><th>answers</th><th>p50</th><th>p90</th><th>p99</th>"
      "<th>p99.9</th><th>max</th></tr>\n";
  for (std::size_t i = 0; i < kLoadKinds; ++i) {
    const auto kind = static_cast<CallKind>(i);
    if (result.kind(kind).counts.all() > 0)
      html += table_row(std::string{to_text(kind)}, result.kind(kind).latency);
  }
  if (result.disk) html += table_row("outside the disk's stalls", result.total.calm_latency);
  if (result.options.open_loop())
    html += table_row("sent late by", result.total.lateness) +
            table_row("since sent", result.total.since_sent);
  if (result.disk) html += table_row("one sync of the disk", result.disk->sync);
  return html + "</table>\n";
}

// Long runs are thinned to a few hundred points: the mean of a throughput, the maximum of a
// latency.
template <class Value>
std::vector<PlotPoint> over_time(const std::vector<SecondSummary>& seconds, bool maximum,
                                 Value value) {
  const std::size_t whole_seconds = seconds.size() > 1 ? seconds.size() - 1 : seconds.size();
  const std::size_t group = (whole_seconds + kPointsMax - 1) / kPointsMax;
  std::vector<PlotPoint> points;
  for (std::size_t i = 0; i < whole_seconds; i += group) {
    const std::size_t end = std::min(i + group, whole_seconds);
    double sum = 0, top = 0;
    for (std::size_t k = i; k < end; ++k) {
      sum += value(seconds[k]);
      top = std::max(top, value(seconds[k]));
    }
    points.push_back({static_cast<double>(seconds[i].second),
                      maximum ? top : sum / static_cast<double>(end - i)});
  }
  return points;
}

std::string throughput_plot(const RunResult& result) {
  const auto line = [&](const char* name, unsigned colour, auto value) {
    return PlotLine{name, colour, over_time(result.per_second, false, value)};
  };
  const auto count = [](std::uint64_t number) { return static_cast<double>(number); };
  Plot plot{"Throughput", "s", "per s", false, {}, {}};
  const Counts counts = result.counts();
  plot.lines.push_back(
      line("settlements", 0, [&](const SecondSummary& s) { return count(s.settled); }));
  if (counts.all() != result.settled())
    plot.lines.push_back(
        line("messages", 3, [&](const SecondSummary& s) { return count(s.counts.all()); }));
  if (counts.refused + counts.busy > 0)
    plot.lines.push_back(line("refused or busy", 1, [&](const SecondSummary& s) {
      return count(s.counts.refused + s.counts.busy);
    }));
  if (counts.unknown > 0)
    plot.lines.push_back(
        line("unknown", 2, [&](const SecondSummary& s) { return count(s.counts.unknown); }));
  return svg_plot(plot);
}

std::string latency_over_time_plot(const RunResult& result) {
  const auto line = [&](const char* name, unsigned colour, std::uint64_t SecondSummary::*field) {
    return PlotLine{name, colour,
                    over_time(result.per_second, true, [field](const SecondSummary& s) {
                      return static_cast<double>(s.*field) / 1e6;
                    })};
  };
  return svg_plot({"Latency over time",
                   "s",
                   "ms",
                   true,
                   {},
                   {line("p50", 0, &SecondSummary::p50), line("p99", 1, &SecondSummary::p99),
                    line("max", 2, &SecondSummary::max)}});
}

std::string percentile_text(double nines) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g %%", (1 - std::pow(10, -nines)) * 100);
  return text;
}

// The axis stretches the tail: position = number of nines.
std::string percentile_plot(const RunResult& result) {
  const Histogram latency = result.latency();
  Plot plot{"Latency by percentile", "of all messages", "ms", true, {}, {}};
  plot.x_text = percentile_text;
  plot.x_ticks = {{0, "0 %"},    {0.30103, "50 %"}, {1, "90 %"},     {2, "99 %"},
                  {3, "99.9 %"}, {4, "99.99 %"},    {5, "99.999 %"}, {6, "99.9999 %"}};
  PlotLine line{"latency", 0, {}};
  for (double nines = 0; nines <= 6.001; nines += 0.05) {
    const double beyond = std::pow(10, -nines);
    line.points.push_back({nines, static_cast<double>(latency.value_at(1 - beyond)) / 1e6});
    if (beyond * static_cast<double>(latency.count()) < 1) break;
  }
  plot.lines.push_back(std::move(line));
  return svg_plot(plot);
}

// One figure of the gateway over time.
std::string watched_plot(const RunResult& result, const char* title, const char* unit,
                         double (*value)(const WatchedSecond&)) {
  Plot plot{title, "s", unit, false, {}, {}};
  PlotLine line{title, 0, {}};
  const std::size_t step = result.watched.size() / kPointsMax + 1;
  for (std::size_t i = 0; i < result.watched.size(); i += step)
    line.points.push_back(
        {static_cast<double>(result.watched[i].second), value(result.watched[i])});
  plot.lines.push_back(std::move(line));
  return svg_plot(plot);
}

std::string watched_section(const RunResult& result) {
  if (result.watched.empty()) return "";
  return "<h2>Batch size</h2>\n" +
         watched_plot(result, "Records a group commit", "records",
                      [](const WatchedSecond& each) { return each.records_per_commit(); }) +
         "<h2>Processor time</h2>\n" +
         watched_plot(result, "Gateway, µs of processor a record", "µs",
                      [](const WatchedSecond& each) { return each.processor_us_per_record(); }) +
         "<h2>Redis lag</h2>\n" +
         watched_plot(result, "Records not yet in Redis", "records",
                      [](const WatchedSecond& each) { return each.hot_lag_records; });
}

std::string disk_section(const DiskReport& disk) {
  Plot plot{"Longest sync", "s", "ms", true, {}, {}};
  PlotLine line{"longest sync of a second", 1, {}};
  const std::size_t step = disk.per_second.size() / kPointsMax + 1;
  for (std::size_t i = 0; i < disk.per_second.size(); i += step)
    line.points.push_back({static_cast<double>(disk.per_second[i].second),
                           static_cast<double>(disk.per_second[i].sync_max_ns) / 1e6});
  plot.lines.push_back(std::move(line));
  return "<h2>Disk</h2><p>" + with_thousands(disk.stalls) + " syncs of 4 KiB took " +
         std::to_string(disk.stall_ms.count()) + " ms or more, " +
         milliseconds_text(static_cast<std::uint64_t>(disk.stalled_s * 1e9)) + " ms in all. " +
         escaped(disk.problem) + "</p>\n" + svg_plot(plot);
}

std::string roll_section(const RollReport& roll) {
  Plot plot{"Accounts looked at", "s", "accounts", false, {}, {}};
  PlotLine line{"accounts", 0, {{roll.began_s, 0}}};
  const std::size_t step = roll.samples.size() / kPointsMax + 1;
  for (std::size_t i = 0; i < roll.samples.size(); i += step)
    line.points.push_back(
        {roll.samples[i].second, static_cast<double>(roll.samples[i].accounts_done)});
  line.points.push_back({roll.ended_s, static_cast<double>(roll.accounts_done)});
  plot.lines.push_back(std::move(line));
  return "<h2>Roll of " + std::to_string(roll.year) + "</h2><p><strong class=\"" +
         (roll.passed() ? "good\">complete" : "bad\">failed") +
         "</strong>: " + with_thousands(roll.accounts_done) + " of " +
         with_thousands(roll.accounts_total) + " accounts, " + whole(roll.accounts_per_second()) +
         " a second; " + with_thousands(roll.accounts_rolled) + " rolled, " +
         with_thousands(roll.accounts_skipped) + " skipped, " +
         with_thousands(roll.accounts_refused) + " refused. " + escaped(roll.problem) + "</p>\n" +
         svg_plot(plot);
}

std::string soak_plot(const RunResult& result, const char* title, const char* unit,
                      double (*value)(const SoakInterval&)) {
  Plot plot{title, "interval", unit, false, {}, {}};
  PlotLine line{title, 0, {}};
  for (const SoakInterval& each : result.intervals)
    line.points.push_back({static_cast<double>(each.number), value(each)});
  plot.lines.push_back(std::move(line));
  return svg_plot(plot);
}

std::string soak_section(const RunResult& result) {
  std::string html =
      "<h2>Intervals</h2><table><tr><th>interval</th><th>settled/s</th><th>p50, ms</th>"
      "<th>p99, ms</th><th>memory, MB</th><th>audit</th></tr>\n";
  for (const SoakInterval& each : result.intervals)
    html += "<tr><td>" + std::to_string(each.number) + "</td><td>" + whole(each.settlements_per_s) +
            "</td><td>" + milliseconds_text(each.p50) + "</td><td>" + milliseconds_text(each.p99) +
            "</td><td>" + (each.resident_mb ? whole(*each.resident_mb) : "–") + "</td><td>" +
            (each.audit_passed ? "passed" : "<strong class=\"bad\">failed</strong>") +
            "</td></tr>\n";
  html += "</table>\n";
  for (const std::string& problem : result.soak_problems)
    html += "<p><strong class=\"bad\">failed</strong>: " + escaped(problem) + "</p>\n";
  return html +
         soak_plot(result, "Memory of the gateway", "MB",
                   [](const SoakInterval& each) { return each.resident_mb.value_or(0); }) +
         soak_plot(result, "p99", "ms",
                   [](const SoakInterval& each) { return static_cast<double>(each.p99) / 1e6; });
}

std::string audit_section(const AuditReport& audit) {
  std::string html = "<h2>Audit</h2><p>";
  html += audit.passed() ? "<strong class=\"good\">passed</strong>: "
                         : "<strong class=\"bad\">failed</strong>: ";
  html += with_thousands(audit.settlements_right) + " of " +
          with_thousands(audit.settlements_asked) +
          " settlements asked for again by 2602 as they were answered; " +
          with_thousands(audit.accounts_compared) + " accounts fell by " +
          to_yuan_text(audit.balance_drop) + " yuan where the answers said " +
          to_yuan_text(audit.paid_answered) + ".</p><ul>\n";
  for (const std::string& problem : audit.problems) html += "<li>" + escaped(problem) + "</li>\n";
  return html + "</ul>\n";
}

}  // namespace

std::string html_report(const RunResult& result) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\"><title>gongji-load: " +
      escaped(result.title()) + "</title><style>" + kStyle + "</style></head><body>\n";
  html += "<h1>" + escaped(result.title()) + "</h1>\n<p class=\"soft\">" +
          escaped(result.started_at) + " · " + escaped(result.machine) + "<br><code>" +
          escaped(result.options.command_line) + "</code></p>\n";
  html += figures(result);
  html += "<h2>Throughput</h2>\n" + throughput_plot(result);
  html += "<h2>Latency over time</h2>\n" + latency_over_time_plot(result);
  html += "<h2>Latency by percentile</h2>\n" + percentile_plot(result) + latency_table(result);
  html += watched_section(result);
  if (result.disk) html += disk_section(*result.disk);
  if (!result.total.codes.empty()) {
    html += "<h2>Not applied</h2><table><tr><th>code</th><th>answers</th></tr>\n";
    for (const auto& [code, count] : result.total.codes)
      html += "<tr><td>" + escaped(code) + "</td><td>" + with_thousands(count) + "</td></tr>\n";
    html += "</table>\n";
  }
  if (result.roll) html += roll_section(*result.roll);
  if (!result.intervals.empty()) html += soak_section(result);
  if (result.audit) html += audit_section(*result.audit);
  return html + "</body></html>\n";
}

}  // namespace gongji::loadtest
