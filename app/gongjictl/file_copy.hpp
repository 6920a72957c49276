// Copies that are on the disk when the call returns, with what they hold told on the way.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "domain/result.hpp"

namespace gongji::ctl {

struct CopiedFile {
  std::uint64_t bytes = 0;
  std::string sha256;  // lower-case hex
};

// Makes `to` with the rights of `from`, which must not be there yet; synced. The error is a
// sentence. `on_bytes` is told of each piece.
Result<CopiedFile, std::string> copy_file(const std::string& from, const std::string& to,
                                          const std::function<void(std::uint64_t)>& on_bytes);

// Writes a new file whole, or not at all. Synced.
Status<std::string> write_new_file(const std::string& path, const std::string& text);

// The entries of a folder, its own name in its parent included.
Status<std::string> sync_folder(const std::string& path);

}  // namespace gongji::ctl
