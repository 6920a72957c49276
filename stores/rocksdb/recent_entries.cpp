#include "stores/rocksdb/recent_entries.hpp"

#include <algorithm>

#include "stores/rocksdb/journal_keys.hpp"
#include "stores/rocksdb/key_entry.hpp"

namespace gongji::stores {
namespace {

constexpr int kEntriesPerBatch = 1000;
constexpr std::size_t kBatchBytes = std::size_t{1} << 20;

// Writes entries in sorted order, a batch at a time. What an interrupted writer leaves behind does
// no harm: the marker comes last, so all of it is written again.
class TableWriter {
 public:
  TableWriter(IndexDatabase& database, IndexTable table)
      : database_(database), handle_(database.table(table)) {}

  void put(const rocksdb::Slice& key, std::uint64_t value) {
    batch_.Put(handle_, key, number_key(value));
    write_if_large();
  }
  void put(const Mark& mark) {
    batch_.Put(handle_, mark_key(mark), rocksdb::Slice{});
    write_if_large();
  }
  void put(const rocksdb::Slice& key, const std::string& value) {
    batch_.Put(handle_, key, value);
    write_if_large();
  }
  void remove(const Mark& mark) {
    batch_.Delete(handle_, mark_key(mark));
    write_if_large();
  }
  Status<StoreError> finish() {
    write();
    return status_;
  }

 private:
  void write_if_large() {
    const bool large = batch_.Count() >= kEntriesPerBatch || batch_.GetDataSize() >= kBatchBytes;
    if (large) write();
  }
  void write() {
    if (status_.ok()) status_ = database_.write(batch_);
    batch_.Clear();
  }

  IndexDatabase& database_;
  rocksdb::ColumnFamilyHandle* handle_;
  rocksdb::WriteBatch batch_;
  Status<StoreError> status_ = Done{};
};

rocksdb::Slice bytes_of(const KeyHash& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}
std::string bytes_of(HouseholdId household) { return number_key(household.number()); }

template <class Key>
auto sorted(const FlatTable<Key>& table) {
  auto entries = table.all();
  std::sort(entries.begin(), entries.end(),
            [](const auto& left, const auto& right) { return left.key < right.key; });
  return entries;
}

template <class Id>
std::optional<Id> id_unless_none(std::uint64_t number) {
  return number == 0 ? std::nullopt : std::optional{Id{number}};
}

}  // namespace

RecentEntries::RecentEntries(IndexSummary summary, std::size_t expected)
    : keys_(3 * expected), heads_(expected), summary_(std::move(summary)) {}

void RecentEntries::touch_memory() {
  keys_.touch_memory();
  heads_.touch_memory();
}

void RecentEntries::add(const JournalRecord& record) {
  index_record(record, *this);
  summary_.indexed = record.sequence;
  ++records_;
}

std::optional<Sequence> RecentEntries::find_key(const KeyHash& key) const {
  return id_unless_none<Sequence>(keys_.get(key));
}

std::optional<PersonId> RecentEntries::find_enrolled(Sequence record) const {
  const auto at =
      std::lower_bound(enrolled_.begin(), enrolled_.end(), record,
                       [](const auto& entry, Sequence sought) { return entry.first < sought; });
  if (at == enrolled_.end() || at->first != record) return std::nullopt;
  return at->second;
}

std::optional<HouseholdId> RecentEntries::find_person(const PersonId& person) const {
  const auto found = persons_.find(person);
  if (found == persons_.end()) return std::nullopt;
  return found->second;
}

std::optional<Sequence> RecentEntries::find_newest(HouseholdId household) const {
  return id_unless_none<Sequence>(heads_.get(household));
}

void RecentEntries::add_persons(const PersonId& after, std::size_t limit,
                                std::set<PersonId>& to) const {
  auto person = persons_.upper_bound(after);
  for (std::size_t added = 0; added < limit && person != persons_.end(); ++added, ++person)
    to.insert(person->first);
}

void RecentEntries::add_marks(OpenMarks& to) const {
  const Mark after{to.kind(), to.after()};
  for (auto mark = closed_.upper_bound(after); mark != closed_.end() && mark->kind == after.kind;
       ++mark)
    to.closed(mark->at);
  OpenMarks::Source source{to};
  for (auto mark = opened_.upper_bound(after);
       mark != opened_.end() && mark->kind == after.kind && source.wants_more(); ++mark)
    source.open(mark->at);
}

Status<StoreError> RecentEntries::write_keys(IndexDatabase& database) const {
  TableWriter keys{database, IndexTable::kKeys};
  for (const auto& [key, record] : sorted(keys_))
    if (const auto person = find_enrolled(Sequence{record}))
      keys.put(bytes_of(key), key_entry({Sequence{record}, *person}));
    else
      keys.put(bytes_of(key), record);
  return keys.finish();
}

Status<StoreError> RecentEntries::write_heads(IndexDatabase& database) const {
  TableWriter heads{database, IndexTable::kHeads};
  for (const auto& [household, record] : sorted(heads_)) heads.put(bytes_of(household), record);
  return heads.finish();
}

Status<StoreError> RecentEntries::write_marks(IndexDatabase& database) const {
  TableWriter marks{database, IndexTable::kMarks};
  for (const Mark& mark : opened_) marks.put(mark);
  for (const Mark& mark : closed_) marks.remove(mark);
  return marks.finish();
}

// A list that was written out half before a crash begins with the same record again, so it takes
// its own place.
Status<StoreError> RecentEntries::write_postings(IndexDatabase& database) const {
  TableWriter postings{database, IndexTable::kPostings};
  for (const auto& [list, segment] : postings_.all())
    postings.put(posting_key(list, segment.first()), segment.bytes());
  return postings.finish();
}

Status<StoreError> RecentEntries::write_to(IndexDatabase& database) const {
  if (auto keys = write_keys(database); !keys) return keys;
  if (auto heads = write_heads(database); !heads) return heads;
  TableWriter persons{database, IndexTable::kPersons};
  for (const auto& [person, household] : persons_) persons.put(person.text(), household.number());
  if (auto written = persons.finish(); !written) return written;
  if (auto written = write_marks(database); !written) return written;
  if (auto written = write_postings(database); !written) return written;
  rocksdb::WriteBatch marker;
  add_to_batch(summary_, database, marker);
  if (auto marked = database.write(marker); !marked) return marked;
  return database.flush();
}

void RecentEntries::key(const KeyHash& key, Sequence record) { keys_.set(key, record.number()); }

void RecentEntries::enrolled(Sequence record, const PersonId& person) {
  enrolled_.emplace_back(record, person);
}

void RecentEntries::person(const PersonId& person, HouseholdId lives_in) {
  persons_[person] = lives_in;
}

void RecentEntries::newest(HouseholdId household, Sequence record) {
  heads_.set(household, record.number());
}

void RecentEntries::transfer_opened(const OpenTransfer& transfer) {
  summary_.transfers.open(transfer);
}

void RecentEntries::transfer_closed(HouseholdId from, Sequence departed) {
  summary_.transfers.close(from, departed);
}

void RecentEntries::mark_opened(MarkKind kind, Sequence at) { opened_.insert({kind, at}); }

void RecentEntries::mark_closed(MarkKind kind, Sequence at) {
  // One that opened here was never in the database (see RocksIndex::open for what a crash leaves).
  if (opened_.erase({kind, at}) == 0) closed_.insert({kind, at});
}

void RecentEntries::posting(const PostingList& list, const RecordPosting& posting) {
  postings_.add(list, posting);
}

void RecentEntries::household_used(HouseholdId household) {
  summary_.next_household = std::max(summary_.next_household, household.next());
}

}  // namespace gongji::stores
