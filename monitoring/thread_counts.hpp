// What one thread has counted. Only its own thread writes, so adding is a plain load and store on a
// cache line nobody else writes; the scrape reads all threads' counts and sums them.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "monitoring/series.hpp"

namespace gongji::monitoring {

// A sum of whole numbers; going down is adding a negative number (two's complement).
class Cell {
 public:
  void add(std::uint64_t amount) {  // the owning thread
    value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t read() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// The largest number seen since it was last taken.
class MaxCell {
 public:
  void see(std::uint64_t number) {  // the owning thread
    if (number > value_.load(std::memory_order_relaxed))
      value_.store(number, std::memory_order_relaxed);
  }
  std::uint64_t take() { return value_.exchange(0, std::memory_order_relaxed); }  // the scrape

 private:
  std::atomic<std::uint64_t> value_{0};
};

// Counts per bucket (not cumulative; the last one has no upper edge) and the sum of what was seen.
template <std::size_t N>
class HistogramCells {
 public:
  void observe(const std::array<double, N>& edges, double value) {  // the owning thread
    const auto edge = std::lower_bound(edges.begin(), edges.end(), value);
    counts_[static_cast<std::size_t>(edge - edges.begin())].add(1);
    sum_.store(sum_.load(std::memory_order_relaxed) + value, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t count(std::size_t bucket) const { return counts_[bucket].read(); }
  [[nodiscard]] double sum() const { return sum_.load(std::memory_order_relaxed); }

 private:
  std::array<Cell, N + 1> counts_;
  std::atomic<double> sum_{0};
};

using SecondsCells = HistogramCells<kSecondsEdges.size()>;
using RecordsCells = HistogramCells<kRecordsEdges.size()>;

// 64 = a cache line: no thread's counts share one with another's.
struct alignas(64) ThreadCounts {
  std::array<std::array<Cell, kOutcomes.size()>, kInfnos.size()> transactions;
  std::array<SecondsCells, kInfnos.size()> transaction_seconds;
  std::array<SecondsCells, kStages.size()> stage_seconds;
  std::array<Cell, kReasonCount> refusals;
  std::array<Cell, kReasonCount> zero_shares;
  std::array<std::array<Cell, kChannels.size()>, kSources.size()> paid_fen;

  Cell inflight;
  std::array<Cell, kShedCauses.size()> shed;

  Cell actors;
  Cell activations;
  Cell passivations;
  MaxCell mailbox_depth;

  RecordsCells commit_records;
  SecondsCells commit_seconds;
  Cell journal_failures;

  std::array<Cell, kTransports.size()> connections;
  std::array<Cell, kTransports.size()> frames;
  std::array<Cell, kStatusCount> http_requests;
};

}  // namespace gongji::monitoring
