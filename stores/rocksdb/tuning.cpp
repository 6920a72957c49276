#include "stores/rocksdb/tuning.hpp"

#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include "stores/rocksdb/background_work.hpp"

namespace gongji::stores {
namespace {

constexpr std::size_t kMegabyte = std::size_t{1} << 20;

void in_the_background(rocksdb::DBOptions& options) {
  options.listeners.push_back(std::make_shared<BackgroundWork>());
}

// A file handed over whole when it is finished (16 MB of the journal) fills the disk's queue, and a
// settlement's sync waits behind it.
void handed_over_while_written(rocksdb::DBOptions& options) { options.bytes_per_sync = kMegabyte; }

void quiet_log(rocksdb::DBOptions& options) {
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.max_log_file_size = 8 * kMegabyte;
  options.keep_log_file_num = 4;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
}

// One thread writes; the machinery for many writers only costs.
void single_writer(rocksdb::DBOptions& options) {
  options.allow_concurrent_memtable_write = false;
  options.enable_write_thread_adaptive_yield = false;
}

// Without these RocksDB rewrites files once a month just because they are old.
void no_rewriting_by_age(rocksdb::ColumnFamilyOptions& options) {
  options.ttl = 0;
  options.periodic_compaction_seconds = 0;
}

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  return table;
}

// Looked up by exact key, mostly keys that are not there: a filter answers those. Filters and
// indexes are cut into pieces that share the block cache, so memory stays bounded however many keys
// there are.
rocksdb::ColumnFamilyOptions lookup_table(std::size_t write_buffer_bytes,
                                          const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table = table_options(cache);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.cache_index_and_filter_blocks = true;
  table.pin_top_level_index_and_filter = true;
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.write_buffer_size = write_buffer_bytes;
  options.max_write_buffer_number = 4;
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = 0.05;
  options.compression = rocksdb::kLZ4Compression;
  // Random keys: each merging rewrites all of the next level. Who asks for a key that is there
  // reads a few files more for it; that one is not there, known_keys.hpp tells.
  options.level0_file_num_compaction_trigger = 12;
  options.level0_slowdown_writes_trigger = 36;
  options.level0_stop_writes_trigger = 60;
  no_rewriting_by_age(options);
  return options;
}

// Small, and read from a place on in order: a filter would answer nothing.
rocksdb::ColumnFamilyOptions walked_table(std::size_t write_buffer_bytes,
                                          const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache)));
  options.write_buffer_size = write_buffer_bytes;
  options.compression = rocksdb::kLZ4Compression;
  no_rewriting_by_age(options);
  return options;
}

}  // namespace

rocksdb::Options journal_tuning(const StoreOptions& options,
                                const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::Options tuned;
  quiet_log(tuned);
  in_the_background(tuned);
  handed_over_while_written(tuned);
  single_writer(tuned);
  no_rewriting_by_age(tuned);
  tuned.recycle_log_file_num = 0;  // no old groups behind the end of a log (see log_tail.hpp)
  tuned.track_and_verify_wals_in_manifest = true;  // a log that was lost must not pass as empty
  tuned.write_buffer_size = options.journal_write_buffer_bytes;
  tuned.max_write_buffer_number = 4;
  // Keys only grow, so files never overlap and compaction merely moves them down; that needs the
  // same compression on every level.
  tuned.compression = rocksdb::kLZ4Compression;
  tuned.max_open_files = 1024;
  tuned.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(cache)));
  return tuned;
}

rocksdb::DBOptions index_tuning() {
  rocksdb::DBOptions tuned;
  quiet_log(tuned);
  in_the_background(tuned);
  handed_over_while_written(tuned);
  tuned.enable_write_thread_adaptive_yield = false;
  tuned.create_if_missing = true;
  tuned.create_missing_column_families = true;
  // The log is off: all tables reach the disk together, or the marker would speak for entries that
  // are not there.
  tuned.atomic_flush = true;
  return tuned;
}

std::vector<rocksdb::ColumnFamilyDescriptor> index_tables(
    const StoreOptions& options, const std::shared_ptr<rocksdb::Cache>& cache) {
  const std::size_t large = options.index_write_buffer_bytes;
  const std::size_t small = large / 4;
  return {{rocksdb::kDefaultColumnFamilyName, lookup_table(4 * kMegabyte, cache)},  // kMeta
          {"keys", lookup_table(large, cache)},
          {"persons", lookup_table(small, cache)},
          {"heads", lookup_table(small, cache)},
          {"snapshots", lookup_table(large, cache)},
          {"marks", walked_table(4 * kMegabyte, cache)},
          {"postings", walked_table(16 * kMegabyte, cache)}};
}

}  // namespace gongji::stores
