// The journal in memory: the same bytes as on disk, kept in a map. For developers, tests and the
// simulator; honours the port's whole contract except surviving the process. Thread-safe.
#pragma once

#include <memory>
#include <shared_mutex>

#include "ports/journal_store.hpp"
#include "stores/memory/memory_disk.hpp"

namespace gongji::stores {

class MemoryJournal final : public JournalStore {
 public:
  // Takes the next epoch. Fails when the disk is held or its last group is damaged.
  static Result<std::unique_ptr<MemoryJournal>, StoreError> open(std::shared_ptr<MemoryDisk> disk);
  ~MemoryJournal() override;
  MemoryJournal(const MemoryJournal&) = delete;
  MemoryJournal& operator=(const MemoryJournal&) = delete;

  Status<StoreError> append(Epoch epoch, std::span<const RecordPtr> records) override;
  Result<RecordPtr, StoreError> read(Sequence sequence) const override;
  Status<StoreError> scan(Sequence from,
                          const std::function<bool(const RecordPtr&)>& visit) const override;
  [[nodiscard]] JournalHead head() const override;

 private:
  class Cursor;
  explicit MemoryJournal(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}

  mutable std::shared_mutex mutex_;  // guards the map of groups and head_
  std::shared_ptr<MemoryDisk> disk_;
  JournalHead head_;
};

}  // namespace gongji::stores
