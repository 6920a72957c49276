// What the disk does while a load runs. A thread of its own writes 4 KiB into a file beside the
// store and syncs it, over and over: a sync that takes long is a stall of the device, and a latency
// that a stall explains can be told from one that is the gateway's own.
//
// A message met a stall when one was under way at any time between the two instants given, or had
// ended so recently that what gathered during it was still being worked off: as long again as it
// took.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "domain/result.hpp"
#include "loadtest/histogram.hpp"
#include "loadtest/traffic.hpp"

namespace gongji::loadtest {

struct DiskSecond {
  std::uint64_t second = 0;       // from the end of the warm-up
  std::uint64_t sync_max_ns = 0;  // the longest that ended in it
};

struct DiskReport {
  Histogram sync;  // all of them, behind the warm-up
  std::uint64_t stalls = 0;
  double stalled_s = 0;
  std::chrono::milliseconds stall_ms{0};  // what counts as one
  std::vector<DiskSecond> per_second;
  std::string problem;  // why the watching ended early; "" = it did not

  void add(const DiskReport& later);
};

// The rule alone, for one thread that syncs and any number that ask.
class StallRecord {
 public:
  explicit StallRecord(std::chrono::nanoseconds stall) : stall_(stall) {}

  void sync_begins(TimePoint at) { pending_since_ = at.time_since_epoch(); }
  // Whether it was a stall.
  bool sync_ended(TimePoint at);
  // `to` is now: stalls of the future are not known.
  [[nodiscard]] bool met_between(TimePoint from, TimePoint to) const;

 private:
  using Since = std::chrono::nanoseconds;
  const std::chrono::nanoseconds stall_;
  std::atomic<Since> pending_since_{Since::max()};  // max: none is under way
  std::atomic<Since> worked_off_at_{Since::min()};  // of the stall whose traces last longest
};

class DiskWatch {
 public:
  // `folder` is on the disk that matters. The error names it.
  static Result<std::unique_ptr<DiskWatch>, std::string> begin(const std::string& folder,
                                                               std::chrono::milliseconds stall_ms,
                                                               std::chrono::seconds warmup_s);
  ~DiskWatch();
  DiskWatch(const DiskWatch&) = delete;
  DiskWatch& operator=(const DiskWatch&) = delete;

  // Any thread.
  [[nodiscard]] bool stall_met_between(TimePoint from, TimePoint to) const {
    return stalls_.met_between(from, to);
  }
  DiskReport stop();

 private:
  DiskWatch(int file, std::chrono::milliseconds stall_ms, std::chrono::seconds warmup_s);
  void watch();
  bool sync_once(std::uint64_t number);
  void note(TimePoint began, TimePoint ended, bool stalled);

  const int file_;
  const std::chrono::seconds warmup_s_;
  const TimePoint start_;
  StallRecord stalls_;
  DiskReport report_;  // of the thread, until it has ended
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace gongji::loadtest
