#include "domain/event.hpp"

namespace gongji {

Fen sum_of(const std::vector<Leg>& legs) {
  Fen sum;
  for (const Leg& leg : legs) sum += leg.amount;
  return sum;
}

Split Settled::split() const { return {sum_of(own), sum_of(family), cash}; }

}  // namespace gongji
