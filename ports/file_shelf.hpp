// Files that institutions upload and download for reconciliation. They are no part of the ledger:
// losing one costs an upload. But what was answered with a number is there until its time is over,
// restarts and power cuts included.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.hpp"
#include "domain/result.hpp"
#include "domain/time.hpp"
#include "ports/journal_store.hpp"

namespace gongji {

struct ShelvedFile {
  std::string number;  // file_qury_no, 30 characters
  InstitutionCode owner;
  std::string name;    // as the owner called it; nothing on disk is named after it
  Instant kept_until;  // dld_endtime: the end of a civil day
  bool operator==(const ShelvedFile&) const = default;
};

struct FileContents {
  ShelvedFile file;
  std::string bytes;
};

// An owner may have so many bytes and files on the shelf.
struct ShelfLimits {
  std::uint64_t owner_bytes_max = 512U << 20;
  std::uint64_t owner_files_max = 200;
  unsigned keep_days = 7;
};

// What lies there, of all owners.
struct ShelfFigures {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;  // of their contents
  bool operator==(const ShelfFigures&) const = default;
};

// Implementations: stores/memory, stores/files. One contract suite. Any thread; calls wait for the
// disk, so they are for threads that may.
class FileShelf {
 public:
  virtual ~FileShelf() = default;

  // Durable when it returns. Nothing when the owner's room is used up; expired files do not count.
  virtual Result<std::optional<ShelvedFile>, StoreError> put(const InstitutionCode& owner,
                                                             std::string_view name,
                                                             std::string_view bytes,
                                                             Instant now) = 0;
  // Nothing for an unknown number, another owner's, or one whose time is over: nobody can tell
  // these apart.
  virtual Result<std::optional<FileContents>, StoreError> find(const InstitutionCode& owner,
                                                               std::string_view number,
                                                               Instant now) const = 0;
  // Takes files off the shelf whose time is over; how many.
  virtual std::size_t remove_expired(Instant now) = 0;
  // Never waits for the disk. What is expired counts until it is taken off.
  [[nodiscard]] virtual ShelfFigures figures() const = 0;
};

}  // namespace gongji
