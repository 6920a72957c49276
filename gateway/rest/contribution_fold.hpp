// What became of a person's contribution orders: the later records about them folded over the
// orders, newest first.
#pragma once

#include <map>
#include <vector>

#include "domain/record.hpp"

namespace gongji::gateway::rest {

struct OrderFound {
  RecordPtr record;
  ContributionStatus status;
};

// Fed with records from the newest to the oldest.
class ContributionFold {
 public:
  // An order the record places, with its present status; nothing when it places none.
  void add(const JournalRecord& record);
  // Newest first.
  [[nodiscard]] const std::vector<OrderFound>& orders() const { return orders_; }
  // Of the order with that record; nothing when it was not met.
  [[nodiscard]] const OrderFound* find(Sequence ordered) const;

 private:
  std::map<OrderId, ContributionStatus> later_;  // what newer records say
  std::vector<OrderFound> orders_;
};

}  // namespace gongji::gateway::rest
