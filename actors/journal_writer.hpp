// Hop 6 of 8: the journal writer. One plain thread owns the journal: it writes whatever arrived
// while the last sync ran (self-clocked group commit: no timer, no commit per record), and only
// then lets the answers go. Next hop: actors/hot_balance_projector.hpp; the
// answers go to gateway/wire.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "actors/envelope.hpp"
#include "ports/hot_balances.hpp"
#include "ports/journal_index.hpp"
#include "ports/journal_store.hpp"
#include "ports/metrics.hpp"
#include "ports/thread_turn.hpp"

namespace gongji::actors {

class JournalWriter : private TurnEnd {
 public:
  // Called once, on the writer thread, when a write or sync failed. Must not return, except in a
  // test: nothing may be acknowledged after it, and a restart replays what the disk really has.
  using Fatal = std::function<void(const std::string& message)>;
  // Called on the writer thread for each durable group (hop 7).
  using AfterCommit = std::function<void(const std::vector<RecordPtr>& records)>;

  // The same with what the group changed for readers (hop 7), up to which record.
  using Projection = std::function<void(Sequence upto, std::vector<HotHousehold> changes)>;

  JournalWriter(JournalStore& store, JournalIndex& index, Metrics& metrics, Fatal fatal);
  ~JournalWriter() override;
  JournalWriter(const JournalWriter&) = delete;
  JournalWriter& operator=(const JournalWriter&) = delete;

  void set_after_commit(AfterCommit hook) { after_commit_ = std::move(hook); }  // before start()
  void set_projection(Projection hook) { projection_ = std::move(hook); }       // likewise
  void start();  // own thread; a simulator calls run_once() instead
  void stop();   // writes what is queued, then ends the thread

  // Any thread. Gives the record its place in the journal and returns it; the envelope is answered
  // with the record once it is durable. `snapshot` is stored after that, `change` shown to readers.
  Sequence submit(std::shared_ptr<JournalRecord> record, EnvelopePtr envelope,
                  std::optional<HouseholdImage> snapshot = std::nullopt,
                  std::optional<HotHousehold> change = std::nullopt);
  // Any thread. As submit(), but the answer is `reply`: it speaks of an earlier record, which must
  // be durable or stand before this one in the journal.
  Sequence submit_answered(std::shared_ptr<JournalRecord> record, EnvelopePtr envelope,
                           Reply reply);
  // Any thread. Answers with `reply` once everything up to `seen` is durable: a read must not show
  // what a crash could take back.
  void answer_after(Sequence seen, EnvelopePtr envelope, Reply reply);

  // Writes one group; false when there was nothing to do.
  bool run_once();
  [[nodiscard]] Sequence durable() const { return Sequence{durable_.load()}; }
  // The index knows everything up to here, and so does the projection.
  [[nodiscard]] Sequence indexed() const { return Sequence{indexed_.load()}; }
  // The last place in the journal that was given away.
  [[nodiscard]] Sequence assigned();
  // Answers leave before the index knows their records. Blocks until it knows all up to `wanted`,
  // which must be durable (the rest of one group's work) or on its way (not within the turn that
  // brought it). Returns at once when the journal failed.
  void wait_until_indexed(Sequence wanted) const;

 private:
  struct Entry {
    std::shared_ptr<JournalRecord> record;  // null for reads
    EnvelopePtr envelope;
    std::optional<Reply> reply;  // none: the record is the answer
    std::optional<HouseholdImage> snapshot;
    std::optional<HotHousehold> change;
  };
  void run();
  Sequence push(Entry entry);
  void wake_writer();
  void turn_ended() noexcept override { wake_.notify_one(); }
  void commit(std::vector<Entry>& group);
  bool make_durable(const std::vector<RecordPtr>& records);
  void note_commit(HopTimes& hops);
  void answer_all(std::vector<Entry>& group);
  static void answer(Entry& entry);
  void make_findable(const std::vector<RecordPtr>& records, std::vector<Entry>& group);
  void project(Sequence upto, std::vector<Entry>& group);
  void fail(const std::string& message);

  JournalStore& store_;
  JournalIndex& index_;
  Metrics& metrics_;
  Fatal fatal_;
  AfterCommit after_commit_;
  Projection projection_;
  Epoch epoch_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Entry> pending_;  // guarded by mutex_
  Sequence last_assigned_;      // guarded by mutex_
  bool waiting_ = false;        // guarded by mutex_
  bool stopping_ = false;       // guarded by mutex_
  std::atomic<std::uint64_t> durable_;
  std::atomic<std::uint64_t> indexed_;
  bool failed_ = false;             // writer thread only
  HopTimes::Moment synced_at_{};    // writer thread only: when the last group was durable
  std::vector<Entry> group_;        // writer thread only; kept for its capacity
  std::vector<RecordPtr> records_;  // writer thread only
  std::thread thread_;
};

}  // namespace gongji::actors
