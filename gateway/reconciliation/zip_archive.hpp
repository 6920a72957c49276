// Zip files in memory: reading the one text of an uploaded archive in pieces, and making an archive
// of one text. What an archive claims of itself is not believed: the text is counted while it is
// unpacked, so that a small file cannot fill the memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "domain/time.hpp"

namespace gongji::gateway::reconciliation {

// False: no more is wanted.
using TakePiece = std::function<bool(std::string_view piece)>;

// Unpacks the only .txt of the archive; bytes that are no zip at all are the text itself. The error
// is what is wrong with the file, for the institution to read.
Status<std::string> unpack_text(std::string_view file, std::uint64_t text_bytes_max,
                                const TakePiece& take);

// An archive with one file; empty when libzip fails, which takes no memory left to happen.
std::string pack_text(const std::string& name, std::string_view text, Instant at);

}  // namespace gongji::gateway::reconciliation
