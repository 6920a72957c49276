#include "gateway/rest/contribution_fold.hpp"

namespace gongji::gateway::rest {

void ContributionFold::add(const JournalRecord& record) {
  if (const auto* answered = record.event<ContributionAnswered>())
    later_.emplace(answered->order, answered->accepted ? ContributionStatus::kConfirmed
                                                       : ContributionStatus::kRefused);
  if (const auto* reversed = record.event<ContributionReversed>())
    later_.emplace(reversed->order, ContributionStatus::kReversed);
  const auto* ordered = record.event<ContributionOrdered>();
  if (ordered == nullptr) return;
  const auto later = later_.find(ordered->order.id);
  orders_.push_back({std::make_shared<const JournalRecord>(record),
                     later == later_.end() ? ordered->order.status : later->second});
}

const OrderFound* ContributionFold::find(Sequence ordered) const {
  for (const OrderFound& order : orders_)
    if (order.record->sequence == ordered) return &order;
  return nullptr;
}

}  // namespace gongji::gateway::rest
