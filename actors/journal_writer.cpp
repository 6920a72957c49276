#include "actors/journal_writer.hpp"

#include <chrono>
#include <limits>
#include <utility>

#include "ports/background_thread.hpp"

namespace gongji::actors {

JournalWriter::JournalWriter(JournalStore& store, JournalIndex& index, Metrics& metrics,
                             Fatal fatal)
    : store_(store), index_(index), metrics_(metrics), fatal_(std::move(fatal)) {
  const JournalHead head = store_.head();
  epoch_ = head.epoch;
  last_assigned_ = head.durable;
  indexed_ = durable_ = head.durable.number();
  metrics_.journal_sequence(durable_);
}

JournalWriter::~JournalWriter() { stop(); }

void JournalWriter::start() {
  thread_ = std::thread{[this] { run(); }};
}

void JournalWriter::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Sequence JournalWriter::push(Entry entry) {
  Sequence sequence;
  bool wake = false;
  {
    const std::lock_guard lock{mutex_};
    if (entry.record != nullptr) {
      sequence = last_assigned_ = last_assigned_.next();
      entry.record->sequence = sequence;
      entry.record->epoch = epoch_;
      if (entry.snapshot) entry.snapshot->last_sequence = sequence;
      if (entry.change) entry.change->sequence = sequence;
      if (entry.change) entry.change->epoch = epoch_;
    }
    pending_.push_back(std::move(entry));
    wake = std::exchange(waiting_, false);
  }
  if (wake) wake_writer();
  return sequence;
}

// What else the caller's turn brings belongs to the same group.
void JournalWriter::wake_writer() {
  if (ThreadTurn* turn = ThreadTurn::current()) {
    turn->at_end({std::shared_ptr<void>{}, this});  // we outlive whoever submits
  } else {
    wake_.notify_one();
  }
}

Sequence JournalWriter::submit(std::shared_ptr<JournalRecord> record, EnvelopePtr envelope,
                               std::optional<HouseholdImage> snapshot,
                               std::optional<HotHousehold> change) {
  return push({std::move(record), std::move(envelope), {}, std::move(snapshot), std::move(change)});
}

Sequence JournalWriter::submit_answered(std::shared_ptr<JournalRecord> record, EnvelopePtr envelope,
                                        Reply reply) {
  return push({std::move(record), std::move(envelope), std::move(reply), {}, {}});
}

void JournalWriter::answer_after(Sequence seen, EnvelopePtr envelope, Reply reply) {
  if (seen <= durable()) {
    envelope->answer(std::move(reply));
    return;
  }
  push({nullptr, std::move(envelope), std::move(reply), {}, {}});
}

void JournalWriter::run() {
  name_thread("journal");
  for (;;) {
    if (run_once()) continue;
    std::unique_lock lock{mutex_};
    if (!pending_.empty()) continue;
    if (stopping_) return;
    waiting_ = true;
    wake_.wait(lock, [this] { return stopping_ || !pending_.empty(); });
    waiting_ = false;
  }
}

bool JournalWriter::run_once() {
  {
    const std::lock_guard lock{mutex_};
    group_.swap(pending_);
  }
  if (group_.empty()) return false;
  commit(group_);
  group_.clear();  // releases claims and in-flight counts, now that the records can be found
  return true;
}

// After a failure nothing is answered: neither a record that may not be on the disk, nor a read
// that saw one. What is dropped here answers "unknown".
void JournalWriter::commit(std::vector<Entry>& group) {
  if (failed_) return;
  records_.clear();
  for (const Entry& entry : group)
    if (entry.record != nullptr) records_.push_back(entry.record);
  if (!records_.empty() && !make_durable(records_)) return;
  answer_all(group);
  if (!records_.empty()) make_findable(records_, group);
}

bool JournalWriter::make_durable(const std::vector<RecordPtr>& records) {
  const auto started = std::chrono::steady_clock::now();
  const Status<StoreError> written = store_.append(epoch_, records);
  if (!written) {
    fail(written.error().message);
    return false;
  }
  synced_at_ = std::chrono::steady_clock::now();
  const std::chrono::duration<double> took = synced_at_ - started;
  durable_ = records.back()->sequence.number();
  metrics_.journal_commit(records.size(), took.count());
  metrics_.journal_sequence(durable_);
  return true;
}

// From the decision to the end of the sync: what the message waited for the journal, its turn
// included.
void JournalWriter::note_commit(HopTimes& hops) {
  hops.durable_at = synced_at_;
  if (hops.decided_at == HopTimes::Moment{}) return;  // recorded without a decision
  const std::chrono::duration<double> took = synced_at_ - hops.decided_at;
  metrics_.stage(Stage::kCommit, took.count());
}

void JournalWriter::answer_all(std::vector<Entry>& group) {
  const ThreadTurn turn{ThreadTurn::Mail::kLeftToOthers};
  for (Entry& entry : group) {
    if (entry.record != nullptr) note_commit(entry.envelope->hops);
    answer(entry);
  }
}

void JournalWriter::answer(Entry& entry) {
  if (entry.reply) {
    entry.envelope->answer(std::move(*entry.reply));
  } else {
    entry.envelope->answer(Recorded{entry.record, false, entry.envelope->original});
  }
}

// The index needs no sync: what it lacks after a crash is read again from the journal. But while
// this process lives a key must not be lost, so a failure here is as fatal as one above.
void JournalWriter::make_findable(const std::vector<RecordPtr>& records,
                                  std::vector<Entry>& group) {
  if (const Status<StoreError> indexed = index_.index(records); !indexed)
    return fail(indexed.error().message);
  if (projection_) project(records.back()->sequence, group);
  indexed_ = records.back()->sequence.number();
  indexed_.notify_all();
  for (const Entry& entry : group)
    if (entry.snapshot) index_.save_snapshot(*entry.snapshot);
  if (after_commit_) after_commit_(records);
}

void JournalWriter::project(Sequence upto, std::vector<Entry>& group) {
  std::vector<HotHousehold> changes;
  for (Entry& entry : group)
    if (entry.change) changes.push_back(std::move(*entry.change));
  projection_(upto, std::move(changes));
}

void JournalWriter::fail(const std::string& message) {
  metrics_.journal_failure();
  failed_ = true;
  fatal_(message);
  indexed_ = std::numeric_limits<std::uint64_t>::max();  // nobody waits for a dead journal
  indexed_.notify_all();
}

Sequence JournalWriter::assigned() {
  const std::lock_guard lock{mutex_};
  return last_assigned_;
}

void JournalWriter::wait_until_indexed(Sequence wanted) const {
  for (auto seen = indexed_.load(); seen < wanted.number(); seen = indexed_.load())
    indexed_.wait(seen);
}

}  // namespace gongji::actors
