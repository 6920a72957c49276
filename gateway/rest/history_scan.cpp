#include "gateway/rest/history_scan.hpp"

#include "gateway/rest/answers.hpp"
#include "gateway/rest/loop_then.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr std::size_t kBatch = 500;  // records read at once

void read_batch(Backend& backend, const CallPtr& call, const std::shared_ptr<HistoryScan>& scan,
                HistoryCursor from);

void take_batch(Backend& backend, const CallPtr& call, const std::shared_ptr<HistoryScan>& scan,
                const HistoryPage& page) {
  for (const RecordPtr& record : page.records)
    if (!scan->visit(*record)) return scan->finish();
  if (!page.more) return scan->finish();
  if (std::chrono::steady_clock::now() >= call->deadline)
    return call->answer(refused(backend, Reason::kDeadline));
  read_batch(backend, call, scan, page.next);
}

void read_batch(Backend& backend, const CallPtr& call, const std::shared_ptr<HistoryScan>& scan,
                HistoryCursor from) {
  read_history(
      backend, call, {scan->person, std::move(from), kBatch},
      [&backend, call, scan](const HistoryPage& page) { take_batch(backend, call, scan, page); });
}

}  // namespace

void read_history(Backend& backend, const CallPtr& call, HistoryQuery query,
                  std::function<void(const HistoryPage& page)> proceed) {
  backend.ports.records.history(
      std::move(query),
      then_on_loop<HistoryPage>(
          backend, call, [&backend, call, proceed = std::move(proceed)](const HistoryPage& page) {
            if (page.known) return proceed(page);
            call->answer(refused(backend, Reason::kNoPerson));
          }));
}

void scan_history(Backend& backend, const CallPtr& call, HistoryScan scan) {
  read_batch(backend, call, std::make_shared<HistoryScan>(std::move(scan)), {});
}

}  // namespace gongji::gateway::rest
