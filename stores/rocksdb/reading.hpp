// How RocksDB is read for the asking thread. Internal to this folder.
#pragma once

#include <rocksdb/options.h>

#include "ports/without_waiting.hpp"

namespace gongji::stores {

// From the disk too, unless the thread said that it does not wait.
inline rocksdb::ReadOptions reading() {
  rocksdb::ReadOptions options;
  if (WithoutWaiting::here()) options.read_tier = rocksdb::kBlockCacheTier;
  return options;
}

}  // namespace gongji::stores
