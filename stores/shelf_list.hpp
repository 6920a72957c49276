// What lies on a shelf, without the contents: who owns it, how large it is, until when. The rules
// of ports/file_shelf.hpp are here, once for every shelf. Not thread-safe,
// but for figures().
#pragma once

#include <atomic>
#include <map>
#include <string>

#include "ports/file_shelf.hpp"

namespace gongji::stores {

class ShelfList {
 public:
  explicit ShelfList(ShelfLimits limits) : limits_(limits) {}

  struct Entry {
    ShelvedFile file;
    std::uint64_t bytes = 0;
  };

  // What was there before: files found when the shelf opens.
  void add(Entry entry);
  // A number and a last day for a new file, which is not on the list yet; nothing when the owner's
  // room is used up.
  [[nodiscard]] std::optional<ShelvedFile> admit(const InstitutionCode& owner,
                                                 std::string_view name, std::uint64_t bytes,
                                                 Instant now);
  [[nodiscard]] const Entry* find(const InstitutionCode& owner, std::string_view number,
                                  Instant now) const;
  // Their numbers; they are off the list.
  std::vector<std::string> take_expired(Instant now);
  [[nodiscard]] ShelfFigures figures() const { return {files_, bytes_}; }

 private:
  ShelfLimits limits_;
  std::map<std::string, Entry, std::less<>> by_number_;
  std::uint64_t last_serial_ = 0;
  std::atomic<std::uint64_t> files_{0};
  std::atomic<std::uint64_t> bytes_{0};
};

}  // namespace gongji::stores
