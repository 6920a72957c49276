#include "gateway/rest/contribution_lookup.hpp"

#include "gateway/rest/answers.hpp"
#include "gateway/rest/history_scan.hpp"
#include "gateway/rest/record_ids.hpp"

namespace gongji::gateway::rest {

void with_order(Backend& backend, const CallPtr& call, std::string_view id, WithOrder proceed) {
  with_contribution(backend, call, id,
                    [&backend, call, proceed = std::move(proceed)](const RecordPtr& record) {
                      if (!may_see(*call, record->event<ContributionOrdered>()->order))
                        return call->answer(refused(backend, Reason::kForbiddenView));
                      with_status(backend, call, record, proceed);
                    });
}

// The order lives with its payer, so his history has everything that was said of it.
void with_status(Backend& backend, const CallPtr& call, const RecordPtr& ordered,
                 WithOrder proceed) {
  auto fold = std::make_shared<ContributionFold>();
  HistoryScan scan;
  scan.person = ordered->event<ContributionOrdered>()->order.payer;
  scan.visit = [fold, ordered](const JournalRecord& record) {
    fold->add(record);
    return record.sequence > ordered->sequence;
  };
  scan.finish = [fold, ordered, proceed = std::move(proceed)] {
    const OrderFound* found = fold->find(ordered->sequence);
    proceed(found != nullptr
                ? *found
                : OrderFound{ordered, ordered->event<ContributionOrdered>()->order.status});
  };
  scan_history(backend, call, std::move(scan));
}

}  // namespace gongji::gateway::rest
