// Collects the index entries of a run of records into one RocksDB batch, with the marker that says
// how far the index then reaches. Internal to this folder; one thread, one use.
#pragma once

#include <map>
#include <span>

#include "ports/journal_index.hpp"
#include "stores/index_rules.hpp"
#include "stores/rocksdb/index_database.hpp"

namespace gongji::stores {

// What is small and asked for often is kept in memory beside its entries on disk.
struct IndexSummary {
  Sequence indexed;
  HouseholdId next_household{1};
  std::map<HouseholdId, OpenTransfer> transfers;
};

// As it was last written.
Result<IndexSummary, StoreError> read_summary(const IndexDatabase& database);

class IndexBatch final : private IndexSink {
 public:
  // `before` = the summary the records continue.
  IndexBatch(IndexDatabase& database, IndexSummary before);

  void add(const JournalRecord& record);
  [[nodiscard]] std::size_t size() const { return size_; }
  // Writes everything and gives the summary that now holds.
  Result<IndexSummary, StoreError> write() &&;

 private:
  void key(const KeyHash& key, Sequence record) override;
  void person(const PersonId& person, HouseholdId lives_in) override;
  void newest(HouseholdId household, Sequence record) override;
  void transfer_opened(const OpenTransfer& transfer) override;
  void transfer_closed(HouseholdId from) override;
  void household_used(HouseholdId household) override;
  void put(IndexTable table, std::string_view key, std::uint64_t value);

  IndexDatabase& database_;
  IndexSummary summary_;
  HouseholdId next_household_before_;
  rocksdb::WriteBatch batch_;
  std::size_t size_ = 0;
};

}  // namespace gongji::stores
