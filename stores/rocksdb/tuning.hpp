// RocksDB options of the two databases; the reasons stand beside each line in tuning.cpp. Internal
// to this folder.
#pragma once

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <memory>
#include <string>
#include <vector>

#include "stores/options.hpp"

namespace gongji::stores {

rocksdb::Options journal_tuning(const StoreOptions& options,
                                const std::shared_ptr<rocksdb::Cache>& cache);

rocksdb::DBOptions index_tuning();

// The index's tables in the order of IndexTable.
enum class IndexTable : std::uint8_t {
  kMeta,
  kKeys,
  kPersons,
  kHeads,
  kSnapshots,
  kMarks,
  kPostings
};
std::vector<rocksdb::ColumnFamilyDescriptor> index_tables(
    const StoreOptions& options, const std::shared_ptr<rocksdb::Cache>& cache);

}  // namespace gongji::stores
