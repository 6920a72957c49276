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
  bool named;
  ToNamedItem to_item;
  std::vector<std::string> items = {};
};

void fill(Backend& backend, const CallPtr& call, const std::shared_ptr<Listing>& listing,
          HistoryCursor from);

void add_page(Backend& backend, const CallPtr& call, const std::shared_ptr<Listing>& listing,
              const HistoryPage& page, const RecordNames& names) {
  for (const RecordPtr& record : page.records)
    if (auto item = listing->to_item(*record, names)) listing->items.push_back(*std::move(item));
  const bool in_time = std::chrono::steady_clock::now() < call->deadline;
  if (page.more && in_time && listing->items.size() < listing->limit)
    return fill(backend, call, listing, page.next);
  std::optional<std::string> cursor;
  if (page.more) cursor = make_cursor(listing->list, page.next.next);
  call->answer(json_answer(list_json(listing->items, cursor)));
}

void take_page(Backend& backend, const CallPtr& call, const std::shared_ptr<Listing>& listing,
               const HistoryPage& page) {
  if (!listing->named) return add_page(backend, call, listing, page, {});
  with_names(backend, call, page.records,
             [&backend, call, listing, page](const RecordNames& names) {
               add_page(backend, call, listing, page, names);
             });
}

void fill(Backend& backend, const CallPtr& call, const std::shared_ptr<Listing>& listing,
          HistoryCursor from) {
  const std::size_t wanted = listing->limit - listing->items.size();
  read_history(backend, call, {listing->person, std::move(from), wanted},
               [&backend, call, listing](const HistoryPage& page) {
                 take_page(backend, call, listing, page);
               });
}

void start_list(Backend& backend, const CallPtr& call, Listing listing) {
  const auto page = read_page(*call, listing.list);
  if (!page) return call->answer(page.error());
  listing.limit = page->limit;
  fill(backend, call, std::make_shared<Listing>(std::move(listing)), {page->cursor});
}

}  // namespace

void list_history(Backend& backend, const CallPtr& call, const PersonId& person, char list,
                  ToItem to_item) {
  const auto nameless = [to_item = std::move(to_item)](const JournalRecord& record,
                                                       const RecordNames&) {
    return to_item(record);
  };
  start_list(backend, call, {person, list, 0, false, nameless});
}

void list_named_history(Backend& backend, const CallPtr& call, const PersonId& person, char list,
                        ToNamedItem to_item) {
  start_list(backend, call, {person, list, 0, true, std::move(to_item)});
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
