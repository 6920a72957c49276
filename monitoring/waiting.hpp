// How long the message that waits longest has waited, from counts by second: each thread adds one
// where a message began and takes one away there when it was answered, on whatever thread.
#pragma once

#include <chrono>
#include <vector>

#include "monitoring/thread_counts.hpp"

namespace gongji::monitoring {

std::size_t waiting_slot(std::chrono::steady_clock::time_point first_byte_at);

// In whole seconds, 0 when nothing waits; exact up to kWaitingSeconds.
double oldest_waiting_s(const std::vector<ThreadCounts*>& blocks,
                        std::chrono::steady_clock::time_point now);

}  // namespace gongji::monitoring
