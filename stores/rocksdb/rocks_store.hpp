// The durable store: journal and index on RocksDB below one data directory. The journal is the
// truth; the index is derived, may be deleted while nobody runs and is rebuilt at the next opening.
// docs/formats/journal.md has the formats.
//
//   auto store = stores::open_rocks_store({.data_dir = "/var/lib/gongji"});
//   if (!store) die(store.error().message);
//
// append() and index() belong to one thread, the journal writer's; everything else may be called
// from any thread. RocksDB may end the process itself (SIGABRT) when the disk fails under it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "stores/options.hpp"
#include "stores/paired_store.hpp"

namespace rocksdb {
class Cache;
}

namespace gongji::stores {

// For operators; bytes unless said otherwise.
struct StoreSizes {
  std::uint64_t journal_files = 0;
  std::uint64_t index_files = 0;
  std::uint64_t write_buffers = 0;  // in memory
  std::uint64_t block_cache = 0;    // in memory, used of StoreOptions::block_cache_bytes
  std::uint64_t table_readers = 0;  // in memory
  std::uint64_t keys = 0;           // entries in the key index, estimated
};

class RocksJournal;
class RocksIndex;

class RocksStore final : public PairedStore {
 public:
  // What it is made of, by their own types; open_rocks_store() knows.
  struct Parts {
    std::string data_dir;
    const RocksJournal* journal;
    const RocksIndex* index;
    std::shared_ptr<rocksdb::Cache> cache;
  };
  RocksStore(std::unique_ptr<JournalStore> journal, std::unique_ptr<StoreIndex> index, Parts parts);

  // A consistent copy of the live journal for an audit or a backup, made of hard links where the
  // file system allows; `target_dir` is made and must hold no journal yet. Read it with
  // open_rocks_store_read_only(target_dir), or give it to a gongjid as its data directory.
  Status<StoreError> checkpoint(const std::string& target_dir) const;

  [[nodiscard]] std::uint64_t free_bytes() const;  // on the data directory's file system
  [[nodiscard]] StoreSizes sizes() const;

 private:
  Parts parts_;
};

// Takes the next epoch durably and brings the index up to the journal's head, which may take a
// while after a crash (StoreOptions::on_recovery tells). Fails, changing nothing, when another
// process holds the directory or acknowledged records are missing.
Result<std::unique_ptr<RocksStore>, StoreError> open_rocks_store(const StoreOptions& options);

// Only the journal of a stopped store or of a checkpoint, for reading: takes no epoch, needs no
// index, changes nothing. Keeps a gongjid from starting on the directory meanwhile.
Result<std::unique_ptr<JournalStore>, StoreError> open_rocks_store_read_only(
    const std::string& data_dir);

// After a backup was copied to `data_dir`: its next owner is newer than any that may have run on
// the original since, so that whoever compares epochs (hot balances in Redis) follows the restored
// one.
Status<StoreError> claim_restored(const std::string& data_dir);

}  // namespace gongji::stores
