#include "stores/rocksdb/rocks_index.hpp"

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

template <class Id>
Result<std::optional<Id>, StoreError> as_id(Result<std::optional<std::uint64_t>, StoreError> found) {
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
  std::unique_ptr<RocksIndex> index{new RocksIndex{
      std::move(database).value(), std::move(summary).value(), options, journal}};
  if (auto caught_up = index->catch_up(options); !caught_up) return std::move(caught_up).error();
  return index;
}

RocksIndex::RocksIndex(std::unique_ptr<IndexDatabase> database, IndexSummary summary,
                       const StoreOptions& options, const JournalStore& journal)
    : journal_(journal),
      database_(std::move(database)),
      flush_records_(options.index_flush_records),
      summary_(std::move(summary)) {}

Status<StoreError> RocksIndex::catch_up(const StoreOptions& options) {
  const Sequence upto = journal_.head().durable;
  if (summary_.indexed < upto) return index_from_journal(options, upto);
  if (summary_.indexed == upto) return Done{};
  return StoreError{"the journal ends at record " + std::to_string(upto.number()) +
                    " but its index has seen record " + std::to_string(summary_.indexed.number()) +
                    ": acknowledged records are lost. Bring the journal back from a copy"};
}

Status<StoreError> RocksIndex::index_from_journal(const StoreOptions& options, Sequence upto) {
  const std::uint64_t start = summary_.indexed.number();
  Status<StoreError> indexed = Done{};
  std::vector<RecordPtr> records;
  const auto visit = [&](const RecordPtr& record) {
    records.push_back(record);
    if (records.size() < kCatchUpBatch && record->sequence < upto) return true;
    indexed = index(records);
    records.clear();
    if (options.on_recovery)
      options.on_recovery(summary_.indexed.number() - start, upto.number() - start);
    return indexed.ok() && record->sequence < upto;
  };
  if (auto scanned = journal_.scan(Sequence{start + 1}, visit); !scanned) return scanned;
  return indexed;
}

Status<StoreError> RocksIndex::index(std::span<const RecordPtr> records) {
  if (records.empty()) return Done{};
  if (auto ordered = in_order(summary_.indexed, records); !ordered) return ordered;
  IndexBatch batch{*database_, summary_};
  for (const RecordPtr& record : records) batch.add(*record);
  auto written = std::move(batch).write();
  if (!written) return std::move(written).error();
  {
    const std::lock_guard lock{summary_mutex_};
    summary_ = std::move(written).value();
  }
  flush_now_and_then(records.size());
  return Done{};
}

void RocksIndex::flush_now_and_then(std::size_t records) {
  since_flush_ += records;
  if (since_flush_ < flush_records_) return;
  since_flush_ = 0;
  database_->start_flush();
}

Result<std::optional<Sequence>, StoreError> RocksIndex::find_key(const KeyHash& key) const {
  return as_id<Sequence>(database_->get_number(IndexTable::kKeys, view(key)));
}

Result<std::optional<HouseholdId>, StoreError> RocksIndex::find_person(
    const PersonId& person) const {
  return as_id<HouseholdId>(database_->get_number(IndexTable::kPersons, person.text()));
}

Result<HouseholdImage, StoreError> RocksIndex::load(HouseholdId household) const {
  const std::string key = number_key(household.number());
  const auto snapshot = database_->get(IndexTable::kSnapshots, key);
  if (!snapshot) return snapshot.error();
  const auto newest = database_->get_number(IndexTable::kHeads, key);
  if (!newest) return newest.error();
  return load_household(journal_, household, snapshot->value_or(""),
                        Sequence{newest->value_or(0)});
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
  const std::lock_guard lock{summary_mutex_};
  std::vector<OpenTransfer> open;
  for (const auto& [from, transfer] : summary_.transfers) open.push_back(transfer);
  return open;
}

HouseholdId RocksIndex::next_household() const {
  const std::lock_guard lock{summary_mutex_};
  return summary_.next_household;
}

}  // namespace gongji::stores
