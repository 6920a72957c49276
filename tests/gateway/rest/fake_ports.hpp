// The other ports of /v1 as a test plays them: records that lie in a list, a roll that counts its
// starts, a policy that stands still. All answer within the call.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "ports/bulk_service.hpp"
#include "ports/institutions.hpp"
#include "ports/record_service.hpp"
#include "ports/roll_service.hpp"

namespace gongji::gateway::testing {

class FakeRecords final : public RecordService {
 public:
  // In order of their sequences.
  std::vector<RecordPtr> records;
  std::map<PersonId, bool> strangers;  // of whom nobody has heard
  bool broken = false;                 // the store cannot be read
  bool silent = false;                 // drops every question, as when the process stops
  std::size_t reads = 0;
  Sequence asked_after;
  std::chrono::milliseconds asked_wait{};

  void add(std::shared_ptr<JournalRecord> record) { records.push_back(std::move(record)); }

  void find(Sequence sequence, Then<RecordPtr> then) override {
    RecordPtr found;
    for (const RecordPtr& record : records)
      if (record->sequence == sequence) found = record;
    answer(std::move(then), std::move(found));
  }
  void history(HistoryQuery query, Then<HistoryPage> then) override {
    HistoryPage page;
    page.known = !strangers.contains(query.person);
    for (auto each = records.rbegin(); each != records.rend(); ++each) {
      const bool shown = !query.cursor.next.is_none() && (*each)->sequence > query.cursor.next;
      if (shown) continue;
      if (page.records.size() == query.records_max) {
        page.more = true;
        page.next.next = (*each)->sequence;
        break;
      }
      page.records.push_back(*each);
    }
    answer(std::move(then), std::move(page));
  }
  void feed(Sequence after, std::size_t limit, std::chrono::milliseconds wait,
            Then<std::vector<RecordPtr>> then) override {
    asked_after = after;
    asked_wait = wait;
    answer(std::move(then), after_with(after, limit, [](const JournalRecord&) { return true; }));
  }
  void marked(MarkKind kind, Sequence after, std::size_t limit,
              Then<std::vector<RecordPtr>> then) override {
    answer(std::move(then), after_with(after, limit, [kind](const JournalRecord& record) {
             for (const MarkChange& mark : marks_of(record))
               if (mark.kind == kind && mark.open) return true;
             return false;
           }));
  }

 private:
  template <class T>
  void answer(Then<T> then, T value) {
    ++reads;
    if (silent) return;
    broken ? then(StoreError{"cannot be read"}) : then(std::move(value));
  }
  template <class Fits>
  std::vector<RecordPtr> after_with(Sequence after, std::size_t limit, Fits fits) const {
    std::vector<RecordPtr> found;
    for (const RecordPtr& record : records)
      if (record->sequence > after && found.size() < limit && fits(*record))
        found.push_back(record);
    return found;
  }
};

// Hands on to the service that a test answers by hand.
class FakeBulk final : public BulkService {
 public:
  explicit FakeBulk(SettlementService& service) : service_(service) {}
  void submit_all(std::vector<BulkMessage> messages) override {
    batches.push_back(messages.size());
    for (BulkMessage& message : messages)
      service_.submit(std::move(message.request), std::move(message.ticket));
  }
  std::vector<std::size_t> batches;  // how many came at once

 private:
  SettlementService& service_;
};

class FakeRolls final : public RollService {
 public:
  bool start(int year, const Origin&) override {
    ++starts;
    if (latest && latest->running && latest->year != year) return false;
    latest = RollProgress{year, 10, 4, 3, 1, 0, true, false};
    return true;
  }
  [[nodiscard]] std::optional<RollProgress> progress() const override { return latest; }

  int starts = 0;
  std::optional<RollProgress> latest;
};

class FakePolicies final : public PolicySource {
 public:
  [[nodiscard]] std::shared_ptr<const Policy> current() const override { return policy; }
  std::shared_ptr<Policy> policy = std::make_shared<Policy>();
};

}  // namespace gongji::gateway::testing
