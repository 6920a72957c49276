// A small run result for the report tests.
#pragma once

#include "loadtest/run_result.hpp"

namespace gongji::loadtest {

inline RunResult sample_result() {
  RunResult result;
  result.options.http = Address{"127.0.0.1", 8080};
  result.options.command_line = "gongji-load --http 127.0.0.1:8080 <seed & more>";
  result.started_at = "2026-11-22 10:15:30";
  result.machine = "2 x test processor";
  result.seconds = 2;
  for (std::uint64_t second = 0; second < 2; ++second) {
    Slice slice;
    slice.second = second;
    KindTally& settle = slice.kinds[0];
    for (std::uint64_t i = 1; i <= 1000; ++i) {
      settle.counts.add(AnswerClass::kApplied);
      settle.latency.record(i * 1'000'000);  // 1 to 1000 ms
    }
    settle.counts.add(AnswerClass::kRefused);
    ++slice.codes["E_NO_PERSON"];
    slice.bytes_sent = 900'000;
    result.total.add(slice);
    result.per_second.push_back(
        {second, settle.counts, 1000, 500'000'000, 900'000'000, 990'000'000, 1'000'000'000});
  }
  result.messages_all = 2002;
  result.client_cpu_seconds = 0.01;
  result.server_cpu_seconds = 0.02;
  AuditReport audit;
  audit.settlements_answered = audit.settlements_asked = audit.settlements_right = 2000;
  audit.accounts_compared = 3;
  audit.paid_answered = audit.balance_drop = Fen{12'34};
  result.audit = audit;
  return result;
}

// The same on a watched disk: 2 of 100 syncs were stalls of 20 ms, and 1,500 answers met none.
inline RunResult sample_on_a_watched_disk() {
  RunResult result = sample_result();
  DiskReport disk;
  disk.stall_ms = std::chrono::milliseconds{5};
  for (int i = 0; i < 98; ++i) disk.sync.record(250'000);
  for (int i = 0; i < 2; ++i) disk.sync.record(20'000'000);
  disk.stalls = 2;
  disk.stalled_s = 0.04;
  disk.per_second = {{0, 250'000}, {1, 20'000'000}};
  for (std::uint64_t i = 1; i <= 1500; ++i) result.total.calm_latency.record(4'000'000);
  result.disk = disk;
  return result;
}

}  // namespace gongji::loadtest
