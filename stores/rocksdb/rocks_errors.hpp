// RocksDB's status in the port's words, and how it is asked. Internal to this folder.
#pragma once

#include <rocksdb/options.h>
#include <rocksdb/status.h>

#include <string>

#include "ports/journal_store.hpp"
#include "ports/without_waiting.hpp"

namespace gongji::stores {

inline StoreError rocks_error(const std::string& what, const rocksdb::Status& status) {
  return {what + ": " + status.ToString(), status.IsIncomplete()};
}

// As the asking thread wants it read: with the disk or without.
inline rocksdb::ReadOptions reading() {
  rocksdb::ReadOptions options;
  if (WithoutWaiting::here()) options.read_tier = rocksdb::kBlockCacheTier;
  return options;
}

}  // namespace gongji::stores
