// The shelf in memory: for developers and tests. Thread-safe.
#pragma once

#include <mutex>
#include <unordered_map>

#include "stores/shelf_list.hpp"

namespace gongji::stores {

class MemoryFileShelf final : public FileShelf {
 public:
  explicit MemoryFileShelf(ShelfLimits limits = {}) : list_(limits) {}

  Result<std::optional<ShelvedFile>, StoreError> put(const InstitutionCode& owner,
                                                     std::string_view name, std::string_view bytes,
                                                     Instant now) override;
  Result<std::optional<FileContents>, StoreError> find(const InstitutionCode& owner,
                                                       std::string_view number,
                                                       Instant now) const override;
  std::size_t remove_expired(Instant now) override;
  [[nodiscard]] ShelfFigures figures() const override { return list_.figures(); }

 private:
  mutable std::mutex mutex_;  // guards all below
  ShelfList list_;
  std::unordered_map<std::string, std::string> bytes_;  // by number
};

}  // namespace gongji::stores
