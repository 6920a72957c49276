// The index on RocksDB: derived from the journal and written without a log. New entries gather in
// memory and are written out together with the marker `indexed_upto` (recent_entries.hpp), so after
// a crash the index is a true picture of the journal up to its marker; opening it indexes the rest
// again. Internal to this folder; users open a RocksStore.
#pragma once

#include <future>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "stores/options.hpp"
#include "stores/paired_store.hpp"
#include "stores/rocksdb/index_database.hpp"
#include "stores/rocksdb/key_entry.hpp"
#include "stores/rocksdb/known_keys.hpp"
#include "stores/rocksdb/recent_entries.hpp"

namespace gongji::stores {

class RocksIndex final : public StoreIndex {
 public:
  // Brings it up to the journal's head. `journal` must outlive it. Fails when the journal cannot be
  // read or ends before the index does: then acknowledged records have been lost.
  static Result<std::unique_ptr<RocksIndex>, StoreError> open(
      const StoreOptions& options, const std::shared_ptr<rocksdb::Cache>& cache,
      const JournalStore& journal);
  // Writes out what is only in memory, so that the next opening has nothing to index again.
  ~RocksIndex() override;
  RocksIndex(const RocksIndex&) = delete;
  RocksIndex& operator=(const RocksIndex&) = delete;

  Status<StoreError> index(std::span<const RecordPtr> records) override;
  [[nodiscard]] Result<std::optional<Sequence>, StoreError> find_key(
      const KeyHash& key) const override;
  [[nodiscard]] Result<std::optional<PersonId>, StoreError> find_enrolled(
      const KeyHash& key) const override;
  [[nodiscard]] Result<std::optional<HouseholdId>, StoreError> find_person(
      const PersonId& person) const override;
  [[nodiscard]] Result<std::optional<Sequence>, StoreError> find_newest(
      HouseholdId household) const override;
  [[nodiscard]] Result<std::vector<Sequence>, StoreError> marked(MarkKind kind, Sequence after,
                                                                 std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<PersonId>, StoreError> persons_after(
      const PersonId& after, std::size_t limit) const override;
  [[nodiscard]] std::uint64_t persons_estimate() const override;
  [[nodiscard]] Result<Postings, StoreError> postings(const PostingList& list) const override;
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
  void prepare_next();
  std::unique_ptr<RecentEntries> take_next();
  Status<StoreError> start_writing_out();
  Status<StoreError> finish_writing_out();
  Result<std::optional<KeyEntry>, StoreError> written_key(const KeyHash& key) const;
  template <class Find>
  auto find_recent(const Find& find) const;
  template <class Add>
  void add_recent(const Add& add) const;

  const JournalStore& journal_;
  std::unique_ptr<IndexDatabase> database_;
  KnownKeys known_;
  const std::uint64_t flush_records_;
  std::future<Status<StoreError>> writing_out_;       // the indexing thread only
  std::future<std::unique_ptr<RecentEntries>> next_;  // the indexing thread only

  mutable std::shared_mutex mutex_;               // guards the two pointers and *recent_
  std::unique_ptr<RecentEntries> recent_;         // changed by the indexing thread only
  std::unique_ptr<const RecentEntries> leaving_;  // being written to the database, or nothing
  std::mutex snapshot_mutex_;                     // one at a time compares and replaces a snapshot
};

}  // namespace gongji::stores
