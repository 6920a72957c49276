// The index's RocksDB: its tables, opening, reading and flushing; what the entries mean is
// rocks_index.hpp's business. Written without a log; all tables reach the disk together. Any thread
// may read and write. Internal to this folder.
//
//   table      key                          value
//   meta       "format"                     "4"
//              "indexed_upto"               u64, last record indexed
//              "next_household"             u64
//              "transfers"                  open ones: u64 from, u64 to, u64 record of the
//              departure
//   keys       hash, 16 bytes               u64 record, and of an enrolment psn_no
//   persons    psn_no                       u64 household
//   heads      u64 household                u64 its newest record
//   snapshots  u64 household                image (codec/household_codec.hpp)
//   marks      u8 kind, u64 record          nothing; an open mark (domain/marks.hpp)
//   postings   list, 0, u64 first record    segment (stores/posting_lists.hpp)
//
// Integers are big-endian.
#pragma once

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"
#include "ports/journal_store.hpp"
#include "stores/options.hpp"
#include "stores/rocksdb/tuning.hpp"

namespace gongji::stores {

class IndexDatabase {
 public:
  // Makes it when there is none. One that is damaged or of another format is thrown away, with a
  // notice: everything in it comes from the journal.
  static Result<std::unique_ptr<IndexDatabase>, StoreError> open(
      const StoreOptions& options, const std::shared_ptr<rocksdb::Cache>& cache);
  ~IndexDatabase();
  IndexDatabase(const IndexDatabase&) = delete;
  IndexDatabase& operator=(const IndexDatabase&) = delete;

  // Nothing when the key is not there.
  [[nodiscard]] Result<std::optional<std::string>, StoreError> get(IndexTable table,
                                                                   std::string_view key) const;
  [[nodiscard]] Result<std::optional<std::uint64_t>, StoreError> get_number(
      IndexTable table, std::string_view key) const;

  // The keys behind `after` ("" = all) in order, until `visit` says false. Sees the table as it is
  // now. What is read only once leaves the block cache to others.
  using Visit = std::function<bool(std::string_view key)>;
  enum class Reading { kOften, kOnce };
  Status<StoreError> walk(IndexTable table, std::string_view after, const Visit& visit,
                          Reading reading = Reading::kOften) const;

  // All entries whose key begins with `prefix`, in order.
  using VisitEntry =
      std::function<Status<StoreError>(std::string_view key, std::string_view value)>;
  Status<StoreError> each_below(IndexTable table, std::string_view prefix,
                                const VisitEntry& visit) const;

  [[nodiscard]] rocksdb::ColumnFamilyHandle* table(IndexTable which) const;
  Status<StoreError> write(rocksdb::WriteBatch& batch);
  Status<StoreError> flush();  // waits for the disk

  [[nodiscard]] std::uint64_t property(const std::string& name) const;  // summed over the tables
  [[nodiscard]] std::uint64_t estimated_entries(IndexTable table) const;

 private:
  IndexDatabase(std::string directory, rocksdb::DB* database,
                std::vector<rocksdb::ColumnFamilyHandle*> tables);
  using Tables = std::vector<rocksdb::ColumnFamilyDescriptor>;
  static Result<std::unique_ptr<IndexDatabase>, rocksdb::Status> open_tables(
      const std::string& directory, const Tables& tables);
  static Result<std::unique_ptr<IndexDatabase>, StoreError> make_anew(const std::string& directory,
                                                                      const Tables& tables);
  [[nodiscard]] bool has_our_format() const;
  Status<StoreError> stamp_our_format();

  std::string directory_;
  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> tables_;  // by IndexTable; freed by the destructor
};

std::string index_directory(const std::string& data_dir);

}  // namespace gongji::stores
