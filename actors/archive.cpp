#include "actors/archive.hpp"

#include <algorithm>
#include <utility>

namespace gongji::actors {
namespace {

// Backwards from a record of the person's household to the one before: through an arrival to where
// he came from, when he was among those who arrived.
Sequence before(const JournalRecord& record, const PersonId& person) {
  const auto* arrived = record.event<ContentsArrived>();
  const bool he_arrived = arrived != nullptr && arrived->contents.find(person) != nullptr;
  return he_arrived ? arrived->departed : record.previous;
}

}  // namespace

Archive::Archive(JournalStore& store, JournalIndex& index, const JournalWriter& journal)
    : store_(store), index_(index), journal_(journal), thread_([this] { run(); }) {}

Archive::~Archive() { stop(); }

void Archive::find(Sequence sequence, Then<RecordPtr> then) {
  post([this, sequence, then = std::move(then)] {
    const bool exists = !sequence.is_none() && sequence <= journal_.durable();
    then(exists ? store_.read(sequence) : Result<RecordPtr, StoreError>{RecordPtr{}});
  });
}

void Archive::history(HistoryQuery query, Then<HistoryPage> then) {
  post([this, query = std::move(query), then = std::move(then)] { then(read_history(query)); });
}

void Archive::marked(MarkKind kind, Sequence after, std::size_t limit,
                     Then<std::vector<RecordPtr>> then) {
  post([=, this] { then(read_marked(kind, after, limit)); });
}

void Archive::feed(Sequence after, std::size_t limit, std::chrono::milliseconds wait,
                   Then<std::vector<RecordPtr>> then) {
  post([=, this, until = Clock::now() + wait] {
    auto records = read_after(after, limit);
    const bool nothing_yet = records.ok() && records->empty() && Clock::now() < until && !hurrying_;
    if (!nothing_yet) return then(std::move(records));
    const std::lock_guard lock{mutex_};
    waiting_.push_back({after, limit, until, then});
    somebody_waits_ = true;
    news_ = journal_.durable() > after;  // it may have come since
  });
}

void Archive::committed() {
  if (!somebody_waits_) return;
  {
    const std::lock_guard lock{mutex_};
    news_ = true;
  }
  wake_.notify_one();
}

void Archive::hurry() {
  hurrying_ = true;
  committed();
}

void Archive::post(std::function<void()> job) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) return;
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void Archive::run() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    const auto ready = [this] { return stopping_ || news_ || !jobs_.empty(); };
    if (waiting_.empty()) {
      wake_.wait(lock, ready);
    } else {
      const auto soonest =
          std::min_element(waiting_.begin(), waiting_.end(),
                           [](const Waiting& a, const Waiting& b) { return a.until < b.until; });
      wake_.wait_until(lock, Clock::time_point{soonest->until}, ready);
    }
    news_ = false;
    const auto jobs = std::exchange(jobs_, {});
    lock.unlock();
    for (const auto& job : jobs) job();
    serve_waiting(false);
    lock.lock();
  }
}

// Answers those for whom something came, and those whose time is over.
void Archive::serve_waiting(bool all) {
  std::list<Waiting> due;
  {
    const std::lock_guard lock{mutex_};
    for (auto each = waiting_.begin(); each != waiting_.end();) {
      const auto next = std::next(each);
      const bool ripe =
          all || hurrying_ || journal_.durable() > each->after || each->until <= Clock::now();
      if (ripe) due.splice(due.end(), waiting_, each);
      each = next;
    }
    somebody_waits_ = !waiting_.empty();
  }
  for (const Waiting& each : due) each.then(read_after(each.after, each.limit));
}

void Archive::stop() {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) return;
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
  serve_waiting(true);
  jobs_.clear();
}

Result<Sequence, StoreError> Archive::newest_of(const PersonId& person) const {
  journal_.wait_until_indexed(journal_.durable());
  const auto household = index_.find_person(person);
  if (!household) return household.error();
  if (!*household) return Sequence{};
  const auto newest = index_.find_newest(household->value());
  if (!newest) return newest.error();
  return newest->value_or(Sequence{});
}

Result<HistoryPage, StoreError> Archive::read_history(const HistoryQuery& query) const {
  HistoryPage page;
  Sequence next = query.cursor.next;
  if (next.is_none()) {
    const auto newest = newest_of(query.person);
    if (!newest) return newest.error();
    next = *newest;
    page.known = !next.is_none();
  }
  while (!next.is_none() && page.records.size() < query.records_max) {
    auto record = store_.read(next);
    if (!record) return record.error();
    next = before(**record, query.person);
    page.records.push_back(std::move(record).value());
  }
  page.next.next = next;
  page.more = !next.is_none();
  return page;
}

Result<std::vector<RecordPtr>, StoreError> Archive::read_after(Sequence after,
                                                               std::size_t limit) const {
  std::vector<RecordPtr> records;
  const Sequence durable = journal_.durable();
  for (Sequence at = after.next(); at <= durable && records.size() < limit; at = at.next()) {
    auto record = store_.read(at);
    if (!record) return record.error();
    records.push_back(std::move(record).value());
  }
  return records;
}

Result<std::vector<RecordPtr>, StoreError> Archive::read_marked(MarkKind kind, Sequence after,
                                                                std::size_t limit) const {
  journal_.wait_until_indexed(journal_.durable());
  const auto marks = index_.marked(kind, after, limit);
  if (!marks) return marks.error();
  std::vector<RecordPtr> records;
  for (const Sequence mark : *marks) {
    auto record = store_.read(mark);
    if (!record) return record.error();
    records.push_back(std::move(record).value());
  }
  return records;
}

}  // namespace gongji::actors
