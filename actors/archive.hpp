// The journal for readers: records, histories, the feed and the marked ones, from what is durable.
// Has a thread of its own, so that nobody who reads a year of history makes a settlement wait.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

#include "actors/journal_writer.hpp"
#include "ports/journal_index.hpp"
#include "ports/journal_store.hpp"
#include "ports/record_service.hpp"

namespace gongji::actors {

class Archive final : public RecordService {
 public:
  // Everything referred to must outlive it.
  Archive(JournalStore& store, JournalIndex& index, const JournalWriter& journal);
  ~Archive() override;  // stops
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  void find(Sequence sequence, Then<RecordPtr> then) override;
  void history(HistoryQuery query, Then<HistoryPage> then) override;
  void feed(Sequence after, std::size_t limit, std::chrono::milliseconds wait,
            Then<std::vector<RecordPtr>> then) override;
  void marked(MarkKind kind, Sequence after, std::size_t limit,
              Then<std::vector<RecordPtr>> then) override;

  // Any thread: something became durable. Cheap while nobody waits for the feed.
  void committed();
  // Any thread: whoever waits for the feed is answered at once, from now on (the process drains).
  void hurry();
  // Answers what waits for the feed, drops the rest; idempotent.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Sequence after;
    std::size_t limit;
    Clock::time_point until;
    Then<std::vector<RecordPtr>> then;
  };
  void post(std::function<void()> job);
  void run();
  void serve_waiting(bool all);
  Result<HistoryPage, StoreError> read_history(const HistoryQuery& query) const;
  Result<Sequence, StoreError> newest_of(const PersonId& person) const;
  Result<std::vector<RecordPtr>, StoreError> read_after(Sequence after, std::size_t limit) const;
  Result<std::vector<RecordPtr>, StoreError> read_marked(MarkKind kind, Sequence after,
                                                         std::size_t limit) const;

  JournalStore& store_;
  JournalIndex& index_;
  const JournalWriter& journal_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;  // guarded by mutex_
  std::list<Waiting> waiting_;              // guarded by mutex_
  bool news_ = false;                       // guarded by mutex_
  bool stopping_ = false;                   // guarded by mutex_
  std::atomic<bool> somebody_waits_{false};
  std::atomic<bool> hurrying_{false};
  std::thread thread_;
};

}  // namespace gongji::actors
