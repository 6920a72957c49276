#include "tests/stores/support/format_document.hpp"

#include <fstream>
#include <sstream>

#include "stores/codec/hex.hpp"
#include "tests/test_places.hpp"

namespace gongji::stores::testing {
namespace {

using Line = Result<DocumentedBytes, std::string>;

Line bytes_in(const std::string& line, std::size_t expected_offset) {
  std::istringstream words{line.substr(0, line.find('|'))};
  std::size_t offset = 0;
  if (!(words >> offset) || offset != expected_offset)
    return "offset " + std::to_string(expected_offset) + " expected in: " + line;
  DocumentedBytes found;
  for (std::string word; words >> word;) {
    if (!is_hex(word)) return "not hex: " + word + " in: " + line;
    found.bytes += from_hex(word);
  }
  return found;
}

}  // namespace

Result<DocumentedBytes, std::string> hex_block(const std::string& name) {
  std::ifstream document{std::string{GONGJI_SOURCE_DIR} + "/docs/formats/journal.md"};
  std::string line;
  while (std::getline(document, line) && line != "<!-- " + name + " -->") {
  }
  std::getline(document, line);
  if (line != "```text") return "docs/formats/journal.md has no block \"" + name + "\"";
  DocumentedBytes block;
  while (std::getline(document, line) && line != "```") {
    const Line more = bytes_in(line, block.bytes.size());
    if (!more) return more.error();
    block.bytes += more->bytes;
  }
  return block;
}

}  // namespace gongji::stores::testing
