// RocksDB's status in the port's words. Internal to this folder.
#pragma once

#include <rocksdb/status.h>

#include <string>

#include "ports/journal_store.hpp"

namespace gongji::stores {

inline StoreError rocks_error(const std::string& what, const rocksdb::Status& status) {
  return {what + ": " + status.ToString(), status.IsIncomplete()};
}

}  // namespace gongji::stores
