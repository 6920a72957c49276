#include "app/gongjictl/import_lines.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "app/gongjictl/json_view.hpp"

namespace gongji::ctl {
namespace {

constexpr std::size_t kChunkLinesMax = 25'000;
constexpr std::size_t kChunkBytesMax = 8u << 20;

struct Chunk {
  std::string lines;
  std::uint64_t count = 0;
};

// Empty when the file is at its end.
Chunk read_chunk(std::istream& file) {
  Chunk chunk;
  std::string line;
  while (chunk.count < kChunkLinesMax && chunk.lines.size() < kChunkBytesMax &&
         std::getline(file, line)) {
    chunk.lines.append(line).push_back('\n');
    ++chunk.count;
  }
  return chunk;
}

std::string hex(const unsigned char* bytes, unsigned count) {
  std::string text;
  for (unsigned i = 0; i < count; ++i) {
    text += "0123456789abcdef"[bytes[i] >> 4];
    text += "0123456789abcdef"[bytes[i] & 15];
  }
  return text;
}

}  // namespace

Result<ImportTotals, std::string> import_lines(std::istream& file, const SendChunk& send,
                                               const ImportHooks& hooks) {
  ImportTotals totals;
  while (true) {
    const Chunk chunk = read_chunk(file);
    if (chunk.count == 0) return totals;
    const std::uint64_t first_line = totals.lines + 1;
    const auto answer = send(first_line, chunk.lines);
    if (!answer)
      return "line " + std::to_string(first_line) + " and what follows: " + answer.error();
    totals.lines += chunk.count;
    totals.accepted += answer->accepted;
    totals.refused += answer->refused.size();
    for (const RefusedLine& refused : answer->refused) hooks.on_refused(refused);
    hooks.on_progress(totals);
  }
}

Result<FileFacts, std::string> examine_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) return "cannot read " + path;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest{EVP_MD_CTX_new(),
                                                                       EVP_MD_CTX_free};
  EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
  FileFacts facts;
  std::string room(1u << 20, '\0');
  char last = '\n';
  while (file.read(room.data(), static_cast<std::streamsize>(room.size())) || file.gcount() > 0) {
    const auto count = static_cast<std::size_t>(file.gcount());
    EVP_DigestUpdate(digest.get(), room.data(), count);
    facts.lines += static_cast<std::uint64_t>(std::count(room.data(), room.data() + count, '\n'));
    last = room[count - 1];
  }
  if (file.bad()) return "reading " + path + " failed";
  if (last != '\n') ++facts.lines;  // the last line may lack its newline
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(digest.get(), bytes, &size);
  facts.sha256 = hex(bytes, size);
  return facts;
}

// At most 17 characters: the message id of a line is "<batch>:<line>" and has room for 30.
std::string default_batch(const std::string& path, const FileFacts& facts) {
  std::string name;
  for (const char c : std::filesystem::path{path}.stem().string())
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
      name += c;
  return name.substr(0, 8) + "-" + facts.sha256.substr(0, 8);
}

Result<ChunkAnswer, std::string> parse_chunk_answer(unsigned http_status, const std::string& body) {
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(body, error);
  if (http_status != 200 || error || !json.is_object()) return problem_text(http_status, body);
  ChunkAnswer answer;
  answer.accepted =
      static_cast<std::uint64_t>(std::max<std::int64_t>(number_at(json, "accepted"), 0));
  if (const auto* refused = array_at(json, "refused"))
    for (const boost::json::value& line : *refused)
      answer.refused.push_back(
          {static_cast<std::uint64_t>(std::max<std::int64_t>(number_at(line, "line"), 0)),
           text_at(line, "code"), text_at(line, "detail")});
  return answer;
}

}  // namespace gongji::ctl
