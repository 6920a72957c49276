// Reading the journal for people: one record, the history of a person, the feed of all events, and
// the few records that somebody must look after. What is answered is durable. The gateway decides
// what a caller may see of it; this port shows everything.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "domain/marks.hpp"
#include "domain/record.hpp"
#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji {

// Where to go on reading a person's history: the newest record not yet shown. Records chain back
// through the households he came through, so one number is enough.
struct HistoryCursor {
  Sequence next;  // none = from the newest
};

// Every household the person belonged to since he came into the books, records about others there
// included.
struct HistoryQuery {
  PersonId person;
  HistoryCursor cursor;
  std::size_t records_max = 1'000;  // looked at, not shown
};
struct HistoryPage {
  std::vector<RecordPtr> records;  // newest first
  HistoryCursor next;
  bool more = false;  // false: `next` means nothing
  bool known = true;  // false: nobody has that number
};

class RecordService {
 public:
  virtual ~RecordService() = default;
  template <class T>
  using Then = std::function<void(Result<T, StoreError>)>;

  // Any thread; never blocks. `then` is called once, from any thread, and must not block; it is
  // dropped uncalled when the process stops.
  // The record, or null when there is none.
  virtual void find(Sequence sequence, Then<RecordPtr> then) = 0;
  virtual void history(HistoryQuery query, Then<HistoryPage> then) = 0;
  // Records after `after`, in order, at most `limit`; waits up to `wait` for the first one.
  virtual void feed(Sequence after, std::size_t limit, std::chrono::milliseconds wait,
                    Then<std::vector<RecordPtr>> then) = 0;
  // Records that carry the mark, after `after`, in order.
  virtual void marked(MarkKind kind, Sequence after, std::size_t limit,
                      Then<std::vector<RecordPtr>> then) = 0;
};

}  // namespace gongji
