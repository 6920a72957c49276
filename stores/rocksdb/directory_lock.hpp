// One process at a time owns a data directory. The lock is on the file `owner` in it, which names
// the owner's process id for the message; it goes with the process, however that ends. (RocksDB
// locks its directories as well, but its message names nobody and its read-only mode does not ask.)
#pragma once

#include <string>

#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji::stores {

class DirectoryLock {
 public:
  // For the owner; makes the file when there is none.
  static Result<DirectoryLock, StoreError> exclusive(const std::string& directory);
  // For readers: keeps an owner out meanwhile. Holds nothing when nobody ever owned the directory
  // (a checkpoint).
  static Result<DirectoryLock, StoreError> shared(const std::string& directory);

  DirectoryLock() = default;
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

}  // namespace gongji::stores
