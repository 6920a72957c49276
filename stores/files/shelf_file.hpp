// One file of a shelf as it lies on disk (the layout is in disk_file_shelf.hpp). Internal to this
// folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ports/file_shelf.hpp"

namespace gongji::stores {

std::string encode_shelf_head(const ShelvedFile& file, std::uint64_t contents_bytes);

struct ShelfHead {
  ShelvedFile file;  // without its number
  std::uint64_t head_bytes = 0;
  std::uint64_t contents_bytes = 0;
};
// Nothing when the bytes are no head; `start` = the first kShelfHeadBytesMax bytes of the file, or
// all of it.
std::optional<ShelfHead> decode_shelf_head(std::string_view start);
constexpr std::size_t kShelfHeadBytesMax = 2048;

// Head and contents under `path`, synced, its name included; nothing is there when it fails.
Status<StoreError> write_shelf_file(const std::string& directory, const std::string& path,
                                    std::string_view head, std::string_view contents);

// At most `bytes` from `offset` on; fewer when the file ends before. Nothing when it cannot be
// read.
std::optional<std::string> read_piece(const std::string& path, std::uint64_t offset,
                                      std::uint64_t bytes);

}  // namespace gongji::stores
