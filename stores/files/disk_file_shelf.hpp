// The shelf on disk: one file for each number below one directory. A file is written under another
// name, synced, renamed, and its directory synced, so what has a number is whole. Thread-safe; one
// process at a time.
//
//   "GJFILE1\n" | owner: u16 length, bytes | name: u16 length, bytes | kept until: i64 ms since
//   1970 | u64 length of the contents | contents
//
// Integers are big-endian.
#pragma once

#include <memory>
#include <mutex>

#include "stores/shelf_list.hpp"

namespace gongji::stores {

class DiskFileShelf final : public FileShelf {
 public:
  // Makes the directory when there is none; lists what lies in it and removes what a crash left
  // half written. Files that are no files of a shelf stay and are never given out.
  static Result<std::unique_ptr<DiskFileShelf>, StoreError> open(const std::string& directory,
                                                                 ShelfLimits limits);

  Result<std::optional<ShelvedFile>, StoreError> put(const InstitutionCode& owner,
                                                     std::string_view name, std::string_view bytes,
                                                     Instant now) override;
  Result<std::optional<FileContents>, StoreError> find(const InstitutionCode& owner,
                                                       std::string_view number,
                                                       Instant now) const override;
  std::size_t remove_expired(Instant now) override;
  [[nodiscard]] ShelfFigures figures() const override { return list_.figures(); }

 private:
  DiskFileShelf(std::string directory, ShelfLimits limits)
      : directory_(std::move(directory)), list_(limits) {}
  Status<StoreError> list_files();
  [[nodiscard]] std::string path_of(const std::string& number) const;

  const std::string directory_;
  mutable std::mutex mutex_;  // guards the list
  ShelfList list_;
};

}  // namespace gongji::stores
