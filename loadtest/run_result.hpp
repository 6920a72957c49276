// Everything a finished run has to say; what the three reports (terminal, JSON, HTML) are made of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loadtest/audit.hpp"
#include "loadtest/disk_watch.hpp"
#include "loadtest/gateway_watch.hpp"
#include "loadtest/options.hpp"
#include "loadtest/roll_watch.hpp"
#include "loadtest/tally.hpp"

namespace gongji::loadtest {

// A soak between two of its audits. Latencies in nanoseconds, over all kinds.
struct SoakInterval {
  std::uint64_t number = 0;  // from 1
  double settlements_per_s = 0;
  Counts counts;
  std::uint64_t p50 = 0, p99 = 0;
  std::optional<double> resident_mb;  // of the gateway, at its end; nothing without --server_pid
  bool audit_passed = false;
};

struct RunResult {
  LoadOptions options;
  std::string started_at{};  // "2026-11-22 10:15:30", UTC+8
  std::string machine{};     // cores, processor, kernel
  double seconds = 0;        // from the end of the warm-up to the last answer
  std::vector<SecondSummary> per_second{};
  Slice total{};
  std::uint64_t breaks = 0;
  std::string last_break{};
  std::uint64_t unsent = 0;
  double client_cpu_seconds = 0;  // warm-up included
  std::optional<double> server_cpu_seconds{};
  std::uint64_t messages_all = 0;         // warm-up included; what the processor seconds were for
  std::vector<WatchedSecond> watched{};   // empty without --ops
  std::optional<DiskReport> disk{};       // with --disk
  std::optional<AuditReport> audit{};     // of a soak: all of its audits together
  std::optional<RollReport> roll{};       // july-first
  std::vector<SoakInterval> intervals{};  // soak
  std::vector<std::string> soak_problems{};

  [[nodiscard]] const KindTally& kind(CallKind kind) const {
    return total.kinds[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] std::uint64_t settled() const { return kind(CallKind::kSettle).counts.applied; }
  [[nodiscard]] Counts counts() const;
  [[nodiscard]] Histogram latency() const;  // over all kinds
  [[nodiscard]] double per_second_of(std::uint64_t count) const {
    return seconds > 0 ? static_cast<double>(count) / seconds : 0;
  }
  // What was asked for besides the load holds: the audit, the roll, the limits of a soak.
  [[nodiscard]] bool passed() const {
    return (!audit || audit->passed()) && (!roll || roll->passed()) && soak_problems.empty();
  }
  [[nodiscard]] std::string title() const;  // one line: what was run against what
};

std::string_view to_text(CallKind kind);
std::string describe_machine();
// Processor seconds used so far: ours, and those of another process (nothing when it is not there).
double own_cpu_seconds();
std::optional<double> cpu_seconds_of(int pid);
std::optional<double> resident_mb_of(int pid);

}  // namespace gongji::loadtest
