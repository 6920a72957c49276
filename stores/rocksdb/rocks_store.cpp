#include "stores/rocksdb/rocks_store.hpp"

#include <rocksdb/cache.h>

#include "stores/rocksdb/directories.hpp"
#include "stores/rocksdb/rocks_index.hpp"
#include "stores/rocksdb/rocks_journal.hpp"

namespace gongji::stores {
namespace {

// More starts than any process makes between a backup and its use, and small enough that a double
// still counts them (Redis scripts do).
constexpr std::uint64_t kRestoredEpochStep = 1'000'000;

}  // namespace

Result<std::unique_ptr<RocksStore>, StoreError> open_rocks_store(const StoreOptions& options) {
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  auto journal = RocksJournal::open(options, cache);
  if (!journal) return std::move(journal).error();
  auto index = RocksIndex::open(options, cache, **journal);
  if (!index) return std::move(index).error();
  RocksStore::Parts parts{options.data_dir, journal->get(), index->get(), cache};
  return std::make_unique<RocksStore>(std::move(journal).value(), std::move(index).value(),
                                      std::move(parts));
}

Result<std::unique_ptr<JournalStore>, StoreError> open_rocks_store_read_only(
    const std::string& data_dir) {
  auto journal = RocksJournal::open_read_only(data_dir);
  if (!journal) return std::move(journal).error();
  return std::unique_ptr<JournalStore>{std::move(journal).value()};
}

Status<StoreError> claim_restored(const std::string& data_dir) {
  StoreOptions options;
  options.data_dir = data_dir;
  auto journal = RocksJournal::open(options, rocksdb::NewLRUCache(options.block_cache_bytes));
  if (!journal) return std::move(journal).error();
  return (*journal)->raise_epoch(kRestoredEpochStep);
}

RocksStore::RocksStore(std::unique_ptr<JournalStore> journal, std::unique_ptr<StoreIndex> index,
                       Parts parts)
    : PairedStore(std::move(journal), std::move(index)), parts_(std::move(parts)) {}

Status<StoreError> RocksStore::checkpoint(const std::string& target_dir) const {
  return parts_.journal->checkpoint(target_dir);
}

std::uint64_t RocksStore::free_bytes() const { return free_bytes_at(parts_.data_dir); }

StoreSizes RocksStore::sizes() const {
  using Properties = rocksdb::DB::Properties;
  const auto both = [this](const std::string& property) {
    return parts_.journal->property(property) + parts_.index->database().property(property);
  };
  StoreSizes sizes;
  sizes.journal_files = parts_.journal->property(Properties::kTotalSstFilesSize);
  sizes.index_files = parts_.index->database().property(Properties::kTotalSstFilesSize);
  sizes.write_buffers = both(Properties::kSizeAllMemTables);
  sizes.table_readers = both(Properties::kEstimateTableReadersMem);
  sizes.block_cache = parts_.cache->GetUsage();
  sizes.keys = parts_.index->database().estimated_entries(IndexTable::kKeys);
  return sizes;
}

}  // namespace gongji::stores
