// What one thread has counted. Only its own thread writes, so adding is a plain load and store on a
// cache line nobody else writes; the scrape reads all threads' counts and sums them.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "monitoring/institution_table.hpp"
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

// Who takes maxima: each starts again at 0 by itself.
enum class Reader : std::uint8_t { kScrape, kHistory };

// The largest number seen since a reader last took it.
class MaxCell {
 public:
  void see(std::uint64_t number) {  // the owning thread
    for (std::atomic<std::uint64_t>& value : values_)
      if (number > value.load(std::memory_order_relaxed))
        value.store(number, std::memory_order_relaxed);
  }
  std::uint64_t take(Reader reader) {
    return values_[index_of(reader)].exchange(0, std::memory_order_relaxed);
  }

 private:
  std::array<std::atomic<std::uint64_t>, 2> values_{};
};

// The last few thousand households a thread worked for: noting one is a store, whoever wants to
// know which are hot counts them (monitoring/hot_households.hpp).
class HouseholdRing {
 public:
  static constexpr std::size_t kSize = 4096;
  void note(std::uint64_t household) {  // the owning thread
    const std::uint64_t at = written_.load(std::memory_order_relaxed);
    slots_[at % kSize].store(household, std::memory_order_relaxed);
    written_.store(at + 1, std::memory_order_release);
  }
  [[nodiscard]] std::uint64_t written() const { return written_.load(std::memory_order_acquire); }
  [[nodiscard]] std::uint64_t at(std::uint64_t place) const {
    return slots_[place % kSize].load(std::memory_order_relaxed);
  }

 private:
  std::array<std::atomic<std::uint64_t>, kSize> slots_{};
  std::atomic<std::uint64_t> written_{0};
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

  // Messages waiting, by the second of their first byte (monitoring/waiting.hpp).
  std::array<Cell, kWaitingSeconds> waiting;
  InstitutionTable institutions;

  Cell inflight;
  std::array<Cell, kShedCauses.size()> shed;

  Cell actors;
  Cell activations;
  Cell passivations;
  MaxCell mailbox_depth;
  HouseholdRing households;

  RecordsCells commit_records;
  SecondsCells commit_seconds;
  Cell journal_failures;
  Cell imbalance_fen;

  std::array<Cell, kTransports.size()> connections;
  std::array<Cell, kTransports.size()> frames;
  std::array<Cell, kStatusCount> http_requests;
};

}  // namespace gongji::monitoring
