// Which households are asked most, by messages of about the last minute. Counted by whoever looks,
// from what the threads noted; beyond HouseholdRing::kSize messages of one thread between two looks
// the last ones stand for all. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "monitoring/thread_counts.hpp"

namespace gongji::monitoring {

struct HotHouseholdFigure {
  std::uint64_t household = 0;
  double per_second = 0;
};

class HotHouseholds {
 public:
  void look(const std::vector<ThreadCounts*>& blocks, std::chrono::steady_clock::time_point now);

  // Busiest first, as of the last look.
  [[nodiscard]] std::vector<HotHouseholdFigure> top(std::size_t count) const;
  // The busiest one's part of all messages, 0 … 1.
  [[nodiscard]] double top_share() const;

 private:
  void count(const HouseholdRing& ring, std::uint64_t& seen);
  void forget_the_quiet();

  std::unordered_map<std::uint64_t, double> recent_;  // messages, fading
  double recent_all_ = 0;
  std::unordered_map<const ThreadCounts*, std::uint64_t> seen_;
  std::chrono::steady_clock::time_point looked_at_;
};

// "…821": enough to tell two apart on one screen, too little to name one.
std::string masked(std::uint64_t household);

}  // namespace gongji::monitoring
