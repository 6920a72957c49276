#include "stores/memory/memory_store.hpp"

#include "stores/memory/memory_index.hpp"
#include "stores/memory/memory_journal.hpp"

namespace gongji::stores {

Result<std::unique_ptr<MemoryStore>, StoreError> open_memory_store(
    std::shared_ptr<MemoryDisk> disk) {
  auto journal = MemoryJournal::open(std::move(disk));
  if (!journal) return std::move(journal).error();
  auto index = MemoryIndex::open(**journal);
  if (!index) return std::move(index).error();
  return std::make_unique<MemoryStore>(std::move(journal).value(), std::move(index).value());
}

}  // namespace gongji::stores
