// Journal and index in memory behind both ports. Real: it writes and reads the on-disk formats and
// keeps the ports' whole contract; only a power cut does it not survive. Thread-safe.
#pragma once

#include <memory>

#include "stores/memory/memory_disk.hpp"
#include "stores/paired_store.hpp"

namespace gongji::stores {

class MemoryStore final : public PairedStore {
 public:
  using PairedStore::PairedStore;
};

// On a disk of its own unless one is given. Fails when the disk is held by an open store or
// damaged.
Result<std::unique_ptr<MemoryStore>, StoreError> open_memory_store(
    std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>());

}  // namespace gongji::stores
