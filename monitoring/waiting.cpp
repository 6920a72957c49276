#include "monitoring/waiting.hpp"

namespace gongji::monitoring {

std::size_t waiting_slot(std::chrono::steady_clock::time_point first_byte_at) {
  const auto second =
      std::chrono::duration_cast<std::chrono::seconds>(first_byte_at.time_since_epoch()).count();
  return static_cast<std::size_t>(second) % kWaitingSeconds;
}

double oldest_waiting_s(const std::vector<ThreadCounts*>& blocks,
                        std::chrono::steady_clock::time_point now) {
  const std::size_t here = waiting_slot(now);
  for (std::size_t age = kWaitingSeconds - 1; age > 0; --age) {
    const std::size_t slot = (here + kWaitingSeconds - age) % kWaitingSeconds;
    std::uint64_t waiting = 0;
    for (const ThreadCounts* block : blocks) waiting += block->waiting[slot].read();
    if (static_cast<std::int64_t>(waiting) > 0) return static_cast<double>(age);
  }
  return 0;
}

}  // namespace gongji::monitoring
