#include "stores/memory/memory_file_shelf.hpp"

namespace gongji::stores {

Result<std::optional<ShelvedFile>, StoreError> MemoryFileShelf::put(const InstitutionCode& owner,
                                                                    std::string_view name,
                                                                    std::string_view bytes,
                                                                    Instant now) {
  const std::lock_guard lock{mutex_};
  auto file = list_.admit(owner, name, bytes.size(), now);
  if (!file) return file;
  bytes_[file->number] = bytes;
  list_.add({*file, bytes.size()});
  return file;
}

Result<std::optional<FileContents>, StoreError> MemoryFileShelf::find(const InstitutionCode& owner,
                                                                      std::string_view number,
                                                                      Instant now) const {
  const std::lock_guard lock{mutex_};
  const ShelfList::Entry* entry = list_.find(owner, number, now);
  if (entry == nullptr) return std::optional<FileContents>{};
  return std::optional{FileContents{entry->file, bytes_.at(entry->file.number)}};
}

std::size_t MemoryFileShelf::remove_expired(Instant now) {
  const std::lock_guard lock{mutex_};
  const auto numbers = list_.take_expired(now);
  for (const std::string& number : numbers) bytes_.erase(number);
  return numbers.size();
}

}  // namespace gongji::stores
