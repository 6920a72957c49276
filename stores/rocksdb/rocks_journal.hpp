// The journal on RocksDB: one value per group, synced before append() returns, which writes large
// appends as several groups
// (docs/formats/journal.md). Internal to this folder; users open a RocksStore.
#pragma once

#include <rocksdb/cache.h>
#include <rocksdb/write_batch.h>

#include <memory>
#include <mutex>
#include <string>

#include "ports/journal_store.hpp"
#include "stores/codec/frame.hpp"
#include "stores/options.hpp"
#include "stores/rocksdb/directory_lock.hpp"
#include "stores/rocksdb/open_journal.hpp"

namespace gongji::stores {

class RocksJournal final : public JournalStore {
 public:
  // Locks the data directory and takes the next epoch, durably.
  static Result<std::unique_ptr<RocksJournal>, StoreError> open(
      const StoreOptions& options, const std::shared_ptr<rocksdb::Cache>& cache);
  // Never writes; takes no epoch (head().epoch is the last owner's) and refuses append().
  static Result<std::unique_ptr<RocksJournal>, StoreError> open_read_only(
      const std::string& data_dir);

  Status<StoreError> append(Epoch epoch, std::span<const RecordPtr> records) override;
  Result<RecordPtr, StoreError> read(Sequence sequence) const override;
  Status<StoreError> scan(Sequence from,
                          const std::function<bool(const RecordPtr&)>& visit) const override;
  [[nodiscard]] JournalHead head() const override;

  // A consistent copy of the journal as it is now, readable by open_read_only(target_dir). Files
  // are shared by hard links on the same file system. Any thread.
  Status<StoreError> checkpoint(const std::string& target_dir) const;

  // The owner's: from now on it is newer by so many epochs, durably.
  Status<StoreError> raise_epoch(std::uint64_t step);

  [[nodiscard]] std::uint64_t property(const std::string& name) const;

 private:
  enum class Access { kOwner, kReader };

  RocksJournal(std::string directory, DirectoryLock lock, Database database, Access access,
               bool sync);
  Status<StoreError> read_where_it_ends();
  Status<StoreError> write_groups(Sequence first, const FrameHeader& last);
  [[nodiscard]] StoreError named(StoreError error) const;

  std::string directory_;
  DirectoryLock lock_;  // until the database is closed
  Database database_;
  Access access_;
  bool sync_;
  mutable std::mutex mutex_;  // guards head_
  JournalHead head_;
  // The writer's thread only:
  std::string frame_;          // reused from group to group
  rocksdb::WriteBatch batch_;  // likewise
  std::string failed_;         // the first failure; nothing is written after it
};

std::string journal_directory(const std::string& data_dir);

}  // namespace gongji::stores
