// Who sends and who is asked for: what an operator wants to see of single institutions and
// households, beside the sums of ports/metrics.hpp. Every method is cheap, safe on any thread and
// never fails.
#pragma once

#include <chrono>
#include <string_view>

#include "domain/ids.hpp"
#include "ports/metrics.hpp"

namespace gongji {

class Traffic {
 public:
  virtual ~Traffic() = default;

  // A whole message, as in Metrics::transaction. `institution` is the code of one that is
  // registered and proved who it is; "" = nobody proved anything.
  virtual void institution(std::string_view institution, TransactionOutcome outcome,
                           double seconds) = 0;
  // A message that waits for its decision, from when it was submitted until it is answered; each
  // began is followed by one ended with the same time.
  virtual void waiting_began(std::chrono::steady_clock::time_point first_byte_at) = 0;
  virtual void waiting_ended(std::chrono::steady_clock::time_point first_byte_at) = 0;
  // A decision of that household became durable.
  virtual void household(HouseholdId household) = 0;
};

}  // namespace gongji
