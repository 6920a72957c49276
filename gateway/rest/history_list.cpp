#include "gateway/rest/history_list.hpp"

#include "gateway/rest/answers.hpp"
#include "gateway/rest/ask_person.hpp"
#include "gateway/rest/history_scan.hpp"
#include "gateway/rest/network_view.hpp"
#include "gateway/rest/paging.hpp"

namespace gongji::gateway::rest {
namespace {

// Batches shrink as the page fills, so that the cursor never passes a line that was not shown.
struct Listing {
  PersonId person;
  char list;
  std::size_t limit;
  ToItem to_item;
  std::vector<std::string> items = {};
};

void fill(Backend& backend, const CallPtr& call, const std::shared_ptr<Listing>& listing,
          HistoryCursor from);

void take_page(Backend& backend, const CallPtr& call, const std::shared_ptr<Listing>& listing,
               const HistoryPage& page) {
  for (const RecordPtr& record : page.records)
    if (auto item = listing->to_item(*record)) listing->items.push_back(*std::move(item));
  const bool in_time = std::chrono::steady_clock::now() < call->deadline;
  if (page.more && in_time && listing->items.size() < listing->limit)
    return fill(backend, call, listing, page.next);
  std::optional<std::string> cursor;
  if (page.more) cursor = make_cursor(listing->list, page.next.next);
  call->answer(json_answer(list_json(listing->items, cursor)));
}

void fill(Backend& backend, const CallPtr& call, const std::shared_ptr<Listing>& listing,
          HistoryCursor from) {
  const std::size_t wanted = listing->limit - listing->items.size();
  read_history(backend, call, {listing->person, std::move(from), wanted},
               [&backend, call, listing](const HistoryPage& page) {
                 take_page(backend, call, listing, page);
               });
}

}  // namespace

void list_history(Backend& backend, const CallPtr& call, const PersonId& person, char list,
                  ToItem to_item) {
  const auto page = read_page(*call, list);
  if (!page) return call->answer(page.error());
  fill(backend, call,
       std::make_shared<Listing>(Listing{person, list, page->limit, std::move(to_item)}),
       {page->cursor});
}

void with_network_reader(Backend& backend, const CallPtr& call,
                         std::function<void(const PersonId& only)> proceed) {
  if (call->may_act_for(call->ids[0])) return proceed({});
  const PersonId member{call->acting_person};
  with_person(backend, call, call->person(0),
              [&backend, call, member, proceed](const PersonFound& found) {
                if (is_member(found, member)) return proceed(member);
                call->answer(refused(backend, Reason::kForbiddenView));
              });
}

}  // namespace gongji::gateway::rest
