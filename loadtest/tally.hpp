// What is counted. A worker fills one Slice a second and hands it over; the recorder adds the
// slices of all workers up, keeps a few figures of each second for the plots, and everything of the
// whole.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "loadtest/answer.hpp"
#include "loadtest/histogram.hpp"
#include "loadtest/traffic.hpp"

namespace gongji::loadtest {

struct Counts {
  std::uint64_t applied = 0;
  std::uint64_t refused = 0;
  std::uint64_t busy = 0;
  std::uint64_t unknown = 0;

  void add(AnswerClass answer);
  void add(const Counts& other);
  [[nodiscard]] std::uint64_t all() const { return applied + refused + busy + unknown; }
};

// Messages of one kind. Latency is that of every answer but "busy", whatever it said; lost ones
// have none.
struct KindTally {
  Counts counts;
  Histogram latency;
};

struct Slice {
  std::uint64_t second = 0;  // of the run
  std::array<KindTally, kLoadKinds> kinds;
  Histogram busy_latency;  // of who was turned away; in `kinds` it would flatter who was served
  Histogram lateness;      // open loop: how much later than scheduled we sent
  Histogram since_sent;    // open loop: the rest of the latency, which is not our own lateness
  Histogram calm_latency;  // of what met no stall of a watched disk (disk_watch.hpp)
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  std::map<std::string, std::uint64_t, std::less<>> codes;  // of what was not applied

  void add(const Slice& other);
  void reset(std::uint64_t new_second);
};

// One second in the plots. Latencies in nanoseconds, over all kinds, without who was turned away.
struct SecondSummary {
  std::uint64_t second = 0;
  Counts counts;
  std::uint64_t settled = 0;
  std::uint64_t p50 = 0, p90 = 0, p99 = 0, max = 0;
};

// Any thread may deliver; the others are for one reader thread.
class Recorder {
 public:
  Recorder(unsigned workers, std::uint64_t warmup_seconds);

  // Slices of one worker come in order of their seconds, one for every second.
  void deliver(const Slice& slice);

  // After the workers ended: seconds that not every worker reached are closed as they are.
  void close();

  [[nodiscard]] std::vector<SecondSummary> seconds() const;
  [[nodiscard]] Slice total() const;         // without warm-up
  [[nodiscard]] SecondSummary last() const;  // the latest complete second

 private:
  struct Open {
    Slice slice;
    unsigned delivered = 0;
  };
  void summarise(const Slice& slice);

  const unsigned workers_;
  const std::uint64_t warmup_seconds_;
  mutable std::mutex mutex_;
  std::map<std::uint64_t, Open> open_;
  std::vector<SecondSummary> seconds_;
  Slice total_;
};

}  // namespace gongji::loadtest
