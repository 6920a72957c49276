#include "loadtest/report_text.hpp"

#include <cstdio>

#include "loadtest/client/progress_line.hpp"

namespace gongji::loadtest {
namespace {

template <class... Args>
std::string printed(const char* form, Args... args) {
  char text[512];
  std::snprintf(text, sizeof text, form, args...);
  return text;
}

std::string latency_row(const char* name, const Histogram& latency) {
  return printed(
      "  %-14s %10s %9s %9s %9s %9s %9s\n", name, with_thousands(latency.count()).c_str(),
      milliseconds_text(latency.value_at(0.5)).c_str(),
      milliseconds_text(latency.value_at(0.9)).c_str(),
      milliseconds_text(latency.value_at(0.99)).c_str(),
      milliseconds_text(latency.value_at(0.999)).c_str(), milliseconds_text(latency.max()).c_str());
}

std::string latency_table(const RunResult& result) {
  std::string text = printed("  %-14s %10s %9s %9s %9s %9s %9s\n", "latency, ms", "answers", "p50",
                             "p90", "p99", "p99.9", "max");
  unsigned kinds_used = 0;
  for (std::size_t i = 0; i < kLoadKinds; ++i) {
    const auto kind = static_cast<CallKind>(i);
    if (result.kind(kind).counts.all() == 0) continue;
    ++kinds_used;
    text += latency_row(std::string{to_text(kind)}.c_str(), result.kind(kind).latency);
  }
  if (kinds_used > 1) text += latency_row("all", result.latency());
  if (result.counts().busy > 0) text += latency_row("turned away", result.total.busy_latency);
  if (result.disk) text += latency_row("outside stalls", result.total.calm_latency);
  if (result.options.open_loop())
    text += latency_row("sent late by", result.total.lateness) +
            latency_row("since sent", result.total.since_sent);
  if (result.disk) text += latency_row("disk sync", result.disk->sync);
  return text;
}

std::string code_lines(const RunResult& result) {
  std::string text;
  for (const auto& [code, count] : result.total.codes)
    text += printed("    %-28s %12s\n", code.c_str(), with_thousands(count).c_str());
  if (result.total.codes.contains("E_NO_PERSON"))
    text += "    (the gateway does not know the load families: run once with --prepare)\n";
  return text;
}

std::string processor_line(const RunResult& result) {
  const auto messages = static_cast<double>(result.messages_all);
  if (messages <= 0) return {};
  std::string text = printed("  processor      %.2f us a message here",
                             result.client_cpu_seconds * 1e6 / messages);
  if (result.server_cpu_seconds)
    text += printed(", %.2f us in the gateway", *result.server_cpu_seconds * 1e6 / messages);
  return text + "\n";
}

std::string disk_line(const DiskReport& disk) {
  std::string text = printed("  disk           %s syncs took %lld ms or more, %.2f s in all\n",
                             with_thousands(disk.stalls).c_str(),
                             static_cast<long long>(disk.stall_ms.count()), disk.stalled_s);
  if (!disk.problem.empty()) text += "    " + disk.problem + "\n";
  return text;
}

std::string audit_lines(const AuditReport& audit) {
  std::string text = std::string{"  audit          "} + (audit.passed() ? "passed" : "FAILED") +
                     ": " + with_thousands(audit.settlements_right) + " of " +
                     with_thousands(audit.settlements_asked) + " asked by 2602 as answered (" +
                     with_thousands(audit.settlements_answered) + " answered in all)";
  if (audit.premiums_asked > 0)
    text += ", " + with_thousands(audit.premiums_right) + " of " +
            with_thousands(audit.premiums_asked) + " premiums the same when ordered again";
  if (audit.open_asked > 0)
    text += ", " + with_thousands(audit.open_asked) + " without answer of which " +
            with_thousands(audit.open_applied) + " applied";
  text += "; " + with_thousands(audit.accounts_compared) + " accounts: answers say " +
          to_yuan_text(audit.paid_answered) + " paid, balances fell by " +
          to_yuan_text(audit.balance_drop) + "\n";
  for (const std::string& problem : audit.problems) text += "    " + problem + "\n";
  return text;
}

std::string premium_line(const RunResult& result) {
  const Counts& counts = result.kind(CallKind::kPremium).counts;
  if (counts.all() == 0) return {};
  return printed(
      "  premiums       %s/s (%s paid)\n",
      with_thousands(static_cast<std::uint64_t>(result.per_second_of(counts.applied))).c_str(),
      with_thousands(counts.applied).c_str());
}

std::string roll_lines(const RollReport& roll) {
  std::string text = printed(
      "  roll of %-6d %s: %s of %s accounts in %.1f s (%s/s), %s rolled, %s skipped, %s refused\n",
      roll.year, roll.passed() ? "complete" : "FAILED", with_thousands(roll.accounts_done).c_str(),
      with_thousands(roll.accounts_total).c_str(), roll.seconds(),
      with_thousands(static_cast<std::uint64_t>(roll.accounts_per_second())).c_str(),
      with_thousands(roll.accounts_rolled).c_str(), with_thousands(roll.accounts_skipped).c_str(),
      with_thousands(roll.accounts_refused).c_str());
  if (!roll.problem.empty()) text += "    " + roll.problem + "\n";
  return text;
}

std::string soak_lines(const RunResult& result) {
  if (result.intervals.empty()) return {};
  std::string text = printed("  %-14s %12s %9s %9s %9s  %s\n", "interval", "settled/s", "p50",
                             "p99", "MB", "audit");
  for (const SoakInterval& each : result.intervals)
    text += printed("  %-14s %12s %9s %9s %9s  %s\n", std::to_string(each.number).c_str(),
                    with_thousands(static_cast<std::uint64_t>(each.settlements_per_s)).c_str(),
                    milliseconds_text(each.p50).c_str(), milliseconds_text(each.p99).c_str(),
                    each.resident_mb ? printed("%.0f", *each.resident_mb).c_str() : "-",
                    each.audit_passed ? "passed" : "FAILED");
  for (const std::string& problem : result.soak_problems) text += "  FAILED: " + problem + "\n";
  return text;
}

}  // namespace

std::string text_report(const RunResult& result) {
  const Counts counts = result.counts();
  std::string text = result.title() + "\n";
  text += printed(
      "  settlements    %s/s (%s in %.1f s)\n",
      with_thousands(static_cast<std::uint64_t>(result.per_second_of(result.settled()))).c_str(),
      with_thousands(result.settled()).c_str(), result.seconds);
  text += premium_line(result);
  text += printed(
      "  messages       %s/s: %s applied, %s refused, %s busy, %s unknown\n",
      with_thousands(static_cast<std::uint64_t>(result.per_second_of(counts.all()))).c_str(),
      with_thousands(counts.applied).c_str(), with_thousands(counts.refused).c_str(),
      with_thousands(counts.busy).c_str(), with_thousands(counts.unknown).c_str());
  text += code_lines(result) + latency_table(result);
  text += "  bytes          " + bytes_text(result.total.bytes_sent) + " sent, " +
          bytes_text(result.total.bytes_received) + " received\n";
  text += processor_line(result);
  if (result.unsent > 0)
    text += "  overload       " + with_thousands(result.unsent) +
            " messages were due but found no room before the end\n";
  if (result.breaks > 0)
    text += "  connections    broke " + with_thousands(result.breaks) +
            " times; last: " + result.last_break + "\n";
  if (result.disk) text += disk_line(*result.disk);
  if (result.roll) text += roll_lines(*result.roll);
  text += soak_lines(result);
  if (result.audit) text += audit_lines(*result.audit);
  return text;
}

std::string milliseconds_text(std::uint64_t nanoseconds) {
  const double ms = static_cast<double>(nanoseconds) / 1e6;
  return printed(ms < 10 ? "%.3f" : ms < 100 ? "%.2f" : "%.1f", ms);
}

std::string bytes_text(std::uint64_t bytes) {
  const auto amount = static_cast<double>(bytes);
  if (amount < 1e6) return printed("%.1f kB", amount / 1e3);
  if (amount < 1e9) return printed("%.1f MB", amount / 1e6);
  return printed("%.2f GB", amount / 1e9);
}

}  // namespace gongji::loadtest
