// `gongjictl import`: reads NDJSON lines and sends them in chunks; each line keeps its number in
// the file, so repeating the same file changes nothing. Knows no sockets: the caller says how a
// chunk is sent.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "domain/result.hpp"

namespace gongji::ctl {

struct RefusedLine {
  std::uint64_t line = 0;  // of the file, from 1
  std::string code;
  std::string detail;
};

struct ChunkAnswer {
  std::uint64_t accepted = 0;
  std::vector<RefusedLine> refused;
};

// POST /v1/import?batch=…&first_line=…
using SendChunk = std::function<Result<ChunkAnswer, std::string>(std::uint64_t first_line,
                                                                 const std::string& lines)>;

struct ImportTotals {
  std::uint64_t lines = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
};

struct ImportHooks {
  std::function<void(const RefusedLine&)> on_refused;
  std::function<void(const ImportTotals&)> on_progress;  // after each chunk
};

// The error names the first line that is not known to be in; importing the file again goes on
// there.
Result<ImportTotals, std::string> import_lines(std::istream& file, const SendChunk& send,
                                               const ImportHooks& hooks);

// What a whole file looks like: for the progress bar, and for its batch name.
struct FileFacts {
  std::uint64_t lines = 0;
  std::string sha256;  // lower-case hex
};
Result<FileFacts, std::string> examine_file(const std::string& path);

// File name and the start of its hash: the same file always makes the same batch, and a changed
// file makes another.
std::string default_batch(const std::string& path, const FileFacts& facts);

// {"batch": …, "accepted": n, "refused": [{"line", "code", "detail"}]}
Result<ChunkAnswer, std::string> parse_chunk_answer(unsigned http_status, const std::string& body);

}  // namespace gongji::ctl
