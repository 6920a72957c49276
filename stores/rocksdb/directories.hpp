// Directories that survive a power cut right after they were made.
#pragma once

#include <cstdint>
#include <string>

#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji::stores {

// Makes it, parents included, unless it is there; its entry is synced into its parent.
Status<StoreError> make_directory(const std::string& directory);
// With everything in it; no error when it was not there.
Status<StoreError> remove_directory(const std::string& directory);
// What its entries are is on the disk afterwards; false (errno) when it cannot be.
bool sync_directory(const std::string& directory);
// Free for this user on its file system; 0 when that cannot be told.
std::uint64_t free_bytes_at(const std::string& directory);

}  // namespace gongji::stores
