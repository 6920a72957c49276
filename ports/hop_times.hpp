// When a message passed the hops behind the door of settlement_service.hpp
// (docs/life_of_a_settlement.md). Nobody reads a clock for it: these are the readings that
// deadlines and stage_duration_seconds take anyway, kept until it is known whether somebody asks
// for them.
#pragma once

#include <chrono>

namespace gongji {

// The clock's epoch = it never came there.
struct HopTimes {
  using Moment = std::chrono::steady_clock::time_point;
  Moment submitted_at{};  // hop 3: handed to the directory
  Moment taken_at{};      // hop 4: its household took it up, the last one if it moved on the way
  Moment decided_at{};    // hop 5: the decision is in the journal's queue
  Moment durable_at{};    // hop 6: its group was synced
};

}  // namespace gongji
