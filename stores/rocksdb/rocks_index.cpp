#include "stores/rocksdb/rocks_index.hpp"

#include <set>

#include "ports/background_thread.hpp"
#include "stores/codec/household_codec.hpp"
#include "stores/index_order.hpp"
#include "stores/load_household.hpp"
#include "stores/rocksdb/journal_keys.hpp"

namespace gongji::stores {
namespace {

constexpr std::size_t kCatchUpBatch = 1024;  // records

std::string_view view(const KeyHash& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

Status<StoreError> drop_marks_after(IndexDatabase& database, Sequence indexed) {
  rocksdb::WriteBatch batch;
  const auto drop = [&](std::string_view key) {
    const auto mark = mark_in(key);
    if (!mark || mark->at > indexed)
      batch.Delete(database.table(IndexTable::kMarks), {key.data(), key.size()});
    return true;
  };
  if (auto read = database.walk(IndexTable::kMarks, "", drop); !read) return read;
  return database.write(batch);
}

std::optional<PersonId> somebody(const PersonId& person) {
  return person.empty() ? std::nullopt : std::optional{person};
}

template <class Id>
Result<std::optional<Id>, StoreError> as_id(
    Result<std::optional<std::uint64_t>, StoreError> found) {
  if (!found) return std::move(found).error();
  if (!*found) return std::optional<Id>{};
  return std::optional{Id{**found}};
}

}  // namespace

Result<std::unique_ptr<RocksIndex>, StoreError> RocksIndex::open(
    const StoreOptions& options, const std::shared_ptr<rocksdb::Cache>& cache,
    const JournalStore& journal) {
  auto database = IndexDatabase::open(options, cache);
  if (!database) return std::move(database).error();
  auto summary = read_summary(**database);
  if (!summary) return std::move(summary).error();
  // A writing-out that was cut short may have left marks of records that are not indexed yet.
  if (auto dropped = drop_marks_after(**database, summary->indexed); !dropped)
    return std::move(dropped).error();
  std::unique_ptr<RocksIndex> index{
      new RocksIndex{std::move(database).value(), std::move(summary).value(), options, journal}};
  if (auto caught_up = index->catch_up(options); !caught_up) return std::move(caught_up).error();
  return index;
}

RocksIndex::RocksIndex(std::unique_ptr<IndexDatabase> database, IndexSummary summary,
                       const StoreOptions& options, const JournalStore& journal)
    : journal_(journal),
      database_(std::move(database)),
      known_(*database_, options.known_keys_bytes_max),
      flush_records_(options.index_flush_records),
      recent_(std::make_unique<RecentEntries>(std::move(summary), flush_records_)) {}

RocksIndex::~RocksIndex() {
  // After a failed write the marker must not move on past entries that are in no table.
  const bool all_written = finish_writing_out().ok() && leaving_ == nullptr;
  if (all_written && recent_->records() != 0) static_cast<void>(recent_->write_to(*database_));
}

Status<StoreError> RocksIndex::catch_up(const StoreOptions& options) {
  const Sequence upto = journal_.head().durable;
  const Sequence indexed = recent_->summary().indexed;
  if (indexed < upto) return index_from_journal(options, upto);
  if (indexed == upto) return Done{};
  return StoreError{"the journal ends at record " + std::to_string(upto.number()) +
                    " but its index has seen record " + std::to_string(indexed.number()) +
                    ": acknowledged records are lost. Bring the journal back from a copy"};
}

Status<StoreError> RocksIndex::index_from_journal(const StoreOptions& options, Sequence upto) {
  const Sequence start = recent_->summary().indexed;
  Status<StoreError> indexed = Done{};
  std::vector<RecordPtr> records;
  const auto visit = [&](const RecordPtr& record) {
    records.push_back(record);
    const bool last = record->sequence == upto;
    if (records.size() < kCatchUpBatch && !last) return true;
    indexed = index(records);
    records.clear();
    if (options.on_recovery)
      options.on_recovery(record->sequence.number() - start.number(),
                          upto.number() - start.number());
    return indexed.ok() && !last;
  };
  if (auto scanned = journal_.scan(start.next(), visit); !scanned) return scanned;
  return indexed;
}

Status<StoreError> RocksIndex::index(std::span<const RecordPtr> records) {
  if (auto ordered = in_order(recent_->summary().indexed, records); !ordered) return ordered;
  {
    const std::unique_lock lock{mutex_};
    for (const RecordPtr& record : records) recent_->add(*record);
  }
  if (recent_->records() < flush_records_ / 2) return Done{};
  prepare_next();
  return recent_->records() < flush_records_ ? Status<StoreError>{Done{}} : start_writing_out();
}

// The first keys of a table touch all of its memory, which the kernel then has to find and clear:
// a tenth of a second during which nobody is answered, unless it has been done before.
void RocksIndex::prepare_next() {
  if (next_.valid()) return;
  next_ = std::async(std::launch::async, [expected = flush_records_] {
    step_back("index-memory");
    auto next = std::make_unique<RecentEntries>(IndexSummary{}, expected);
    next->touch_memory();
    return next;
  });
}

std::unique_ptr<RecentEntries> RocksIndex::take_next() {
  std::unique_ptr<RecentEntries> next = next_.get();
  next->begin_after(recent_->summary());
  return next;
}

// The entries stay findable in `leaving_` until the database has them.
Status<StoreError> RocksIndex::start_writing_out() {
  if (auto finished = finish_writing_out(); !finished) return finished;
  std::unique_ptr<RecentEntries> next = take_next();
  {
    const std::unique_lock lock{mutex_};
    leaving_ = std::exchange(recent_, std::move(next));
  }
  writing_out_ = std::async(std::launch::async, [this] {
    step_back("index-writer");
    known_.add(*leaving_);
    auto written = leaving_->write_to(*database_);
    if (written) {
      std::unique_ptr<const RecentEntries> done;
      const std::unique_lock lock{mutex_};
      done = std::move(leaving_);
    }
    return written;
  });
  return Done{};
}

Status<StoreError> RocksIndex::finish_writing_out() {
  return writing_out_.valid() ? writing_out_.get() : Done{};
}

// What `find` finds in the entries that are not in the database yet; the newer ones first.
template <class Find>
auto RocksIndex::find_recent(const Find& find) const {
  const std::shared_lock lock{mutex_};
  auto found = find(*recent_);
  if (!found && leaving_) found = find(*leaving_);
  return found;
}

Result<std::optional<Sequence>, StoreError> RocksIndex::find_key(const KeyHash& key) const {
  if (auto found = find_recent([&](const RecentEntries& in) { return in.find_key(key); }))
    return found;
  const auto written = written_key(key);
  if (!written) return written.error();
  if (!*written) return std::optional<Sequence>{};
  return std::optional{(*written)->record};
}

Result<std::optional<PersonId>, StoreError> RocksIndex::find_enrolled(const KeyHash& key) const {
  const auto recent = find_recent([&](const RecentEntries& in) -> std::optional<PersonId> {
    const auto record = in.find_key(key);
    if (!record) return std::nullopt;
    return in.find_enrolled(*record).value_or(PersonId{});
  });
  if (recent) return somebody(*recent);
  const auto written = written_key(key);
  if (!written) return written.error();
  return somebody(*written ? (*written)->enrolled : PersonId{});
}

Result<std::optional<KeyEntry>, StoreError> RocksIndex::written_key(const KeyHash& key) const {
  if (known_.never_seen(key)) return std::optional<KeyEntry>{};
  const auto value = database_->get(IndexTable::kKeys, view(key));
  if (!value) return value.error();
  if (!*value) return std::optional<KeyEntry>{};
  auto entry = key_entry_in(**value);
  if (!entry) return StoreError{"the index: what a key leads to is not a record"};
  return entry;
}

Result<std::optional<HouseholdId>, StoreError> RocksIndex::find_person(
    const PersonId& person) const {
  if (auto found = find_recent([&](const RecentEntries& in) { return in.find_person(person); }))
    return found;
  if (known_.never_seen(person)) return std::optional<HouseholdId>{};
  return as_id<HouseholdId>(database_->get_number(IndexTable::kPersons, person.text()));
}

Result<std::optional<Sequence>, StoreError> RocksIndex::find_newest(HouseholdId household) const {
  if (auto found = find_recent([&](const RecentEntries& in) { return in.find_newest(household); }))
    return found;
  return as_id<Sequence>(database_->get_number(IndexTable::kHeads, number_key(household.number())));
}

// Like find_recent, of all of them. The database is read after this: what leaves meanwhile is then
// seen twice, never missed.
template <class Add>
void RocksIndex::add_recent(const Add& add) const {
  const std::shared_lock lock{mutex_};
  add(*recent_);
  if (leaving_) add(*leaving_);
}

Result<std::vector<Sequence>, StoreError> RocksIndex::marked(MarkKind kind, Sequence after,
                                                             std::size_t limit) const {
  OpenMarks marks{kind, after, limit};
  add_recent([&](const RecentEntries& in) { in.add_marks(marks); });
  OpenMarks::Source source{marks};
  const auto visit = [&](std::string_view key) {
    const auto mark = mark_in(key);
    if (!mark || mark->kind != kind || !source.wants_more()) return false;
    source.open(mark->at);
    return true;
  };
  if (auto read = database_->walk(IndexTable::kMarks, mark_key({kind, after}), visit); !read)
    return std::move(read).error();
  return marks.first();
}

Result<std::vector<PersonId>, StoreError> RocksIndex::persons_after(const PersonId& after,
                                                                    std::size_t limit) const {
  std::set<PersonId> persons;
  add_recent([&](const RecentEntries& in) { in.add_persons(after, limit, persons); });
  std::size_t more = limit;
  const auto visit = [&](std::string_view key) {
    if (more == 0) return false;
    persons.insert(PersonId{key});
    return --more != 0;
  };
  if (auto read = database_->walk(IndexTable::kPersons, after.text(), visit); !read)
    return std::move(read).error();
  std::vector<PersonId> found{persons.begin(), persons.end()};
  if (found.size() > limit) found.resize(limit);
  return found;
}

std::uint64_t RocksIndex::persons_estimate() const {
  std::uint64_t recent = 0;
  add_recent([&](const RecentEntries& in) { recent += in.persons(); });
  return recent + database_->estimated_entries(IndexTable::kPersons);
}

// What only memory has is copied first, the newest of all, and read last: append_postings() leaves
// out what it meets a second time.
Result<Postings, StoreError> RocksIndex::postings(const PostingList& list) const {
  std::vector<std::string> recent;
  add_recent([&](const RecentEntries& in) {
    if (const PostingSegment* segment = in.postings().find(list))
      recent.push_back(segment->bytes());
  });
  Postings found;
  const auto append = [&found](std::string_view, std::string_view segment) {
    return append_postings(segment, found);
  };
  if (auto read = database_->each_below(IndexTable::kPostings, posting_prefix(list), append); !read)
    return std::move(read).error();
  for (auto segment = recent.rbegin(); segment != recent.rend(); ++segment)
    if (auto read = append_postings(*segment, found); !read) return std::move(read).error();
  return found;
}

Result<HouseholdImage, StoreError> RocksIndex::load(HouseholdId household) const {
  const auto snapshot = database_->get(IndexTable::kSnapshots, number_key(household.number()));
  if (!snapshot) return snapshot.error();
  const auto newest = find_newest(household);
  if (!newest) return newest.error();
  return load_household(journal_, household, snapshot->value_or(""), newest->value_or(Sequence{}));
}

void RocksIndex::save_snapshot(const HouseholdImage& image) {
  const std::string key = number_key(image.state.id.number());
  const std::lock_guard lock{snapshot_mutex_};
  const auto stored = database_->get(IndexTable::kSnapshots, key);
  if (!stored || !is_newer(image, stored->value_or(""))) return;
  rocksdb::WriteBatch batch;
  batch.Put(database_->table(IndexTable::kSnapshots), key, encode_image(image));
  static_cast<void>(database_->write(batch));  // best effort: the journal has it all
}

std::vector<OpenTransfer> RocksIndex::open_transfers() const {
  const std::shared_lock lock{mutex_};
  return recent_->summary().transfers.all();
}

HouseholdId RocksIndex::next_household() const {
  const std::shared_lock lock{mutex_};
  return recent_->summary().next_household;
}

}  // namespace gongji::stores
