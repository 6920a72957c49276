// The index on RocksDB: derived from the journal and written without a log. Every batch carries the
// marker `indexed_upto` and all tables are flushed together, so after a crash the index is a true
// picture of the journal up to its marker; opening it indexes the rest again. Internal to this
// folder; users open a RocksStore.
#pragma once

#include <memory>
#include <mutex>

#include "ports/journal_index.hpp"
#include "stores/options.hpp"
#include "stores/rocksdb/index_batch.hpp"
#include "stores/rocksdb/index_database.hpp"

namespace gongji::stores {

class RocksIndex final : public JournalIndex {
 public:
  // Brings it up to the journal's head. `journal` must outlive it. Fails when the journal cannot be
  // read or ends before the index does: then acknowledged records have been lost.
  static Result<std::unique_ptr<RocksIndex>, StoreError> open(
      const StoreOptions& options, const std::shared_ptr<rocksdb::Cache>& cache,
      const JournalStore& journal);

  Status<StoreError> index(std::span<const RecordPtr> records) override;
  [[nodiscard]] Result<std::optional<Sequence>, StoreError> find_key(
      const KeyHash& key) const override;
  [[nodiscard]] Result<std::optional<HouseholdId>, StoreError> find_person(
      const PersonId& person) const override;
  [[nodiscard]] Result<HouseholdImage, StoreError> load(HouseholdId household) const override;
  void save_snapshot(const HouseholdImage& image) override;
  [[nodiscard]] std::vector<OpenTransfer> open_transfers() const override;
  [[nodiscard]] HouseholdId next_household() const override;

  [[nodiscard]] const IndexDatabase& database() const { return *database_; }

 private:
  RocksIndex(std::unique_ptr<IndexDatabase> database, IndexSummary summary,
             const StoreOptions& options, const JournalStore& journal);
  Status<StoreError> catch_up(const StoreOptions& options);
  Status<StoreError> index_from_journal(const StoreOptions& options, Sequence upto);
  void flush_now_and_then(std::size_t records);

  const JournalStore& journal_;
  std::unique_ptr<IndexDatabase> database_;
  std::uint64_t flush_records_;
  std::uint64_t since_flush_ = 0;  // the indexing thread only

  mutable std::mutex summary_mutex_;  // guards summary_, which only the indexing thread changes
  IndexSummary summary_;
  std::mutex snapshot_mutex_;  // one at a time compares and replaces a snapshot
};

}  // namespace gongji::stores
