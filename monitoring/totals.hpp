// What all threads have counted, summed over what the ops page does not tell apart. A value: two of
// them and the time between give rates and percentiles.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "monitoring/thread_counts.hpp"

namespace gongji::monitoring {

using SecondsBuckets = std::array<std::uint64_t, kSecondsEdges.size() + 1>;  // not cumulative

struct Totals {
  std::array<std::uint64_t, kOutcomes.size()> outcomes{};
  SecondsBuckets duration{};
  std::array<std::uint64_t, kSources.size()> paid_fen{};
  std::array<std::uint64_t, kReasonCount> refusals{};
  std::array<std::uint64_t, kReasonCount> zero_shares{};
  std::array<std::uint64_t, kShedCauses.size()> shed{};
  SecondsBuckets commit{};
  std::uint64_t committed_records = 0;
  std::uint64_t journal_failures = 0;
  std::int64_t inflight = 0;  // now; everything else only grows
  std::int64_t actors = 0;

  [[nodiscard]] std::uint64_t messages() const;
};

Totals totals_of(const std::vector<ThreadCounts*>& blocks);

// What was counted from `earlier` to `later`; the two that are "now" are those of `later`.
Totals between(const Totals& earlier, const Totals& later);

std::uint64_t count_of(const SecondsBuckets& buckets);
// Seconds below which that part (0 … 1) lies, interpolated within its bucket; 0 when empty.
double quantile(const SecondsBuckets& buckets, double part);

}  // namespace gongji::monitoring
