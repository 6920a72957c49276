#include "config/toml_document.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

namespace gongji::config {
namespace {

std::string_view line_of(std::string_view text, unsigned line) {
  for (unsigned current = 1; current < line; ++current) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

// Byte offset of a column; toml++ counts columns from 1 in code points.
std::size_t offset_of(std::string_view line, unsigned column) {
  std::size_t at = 0;
  for (unsigned passed = 1; at < line.size(); ++at) {
    const bool continues = (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U;
    if (!continues && passed++ == column) break;
  }
  return at;
}

}  // namespace

std::string_view TomlDocument::slice(const toml::source_region& region) const {
  const std::string_view line = line_of(bytes, region.begin.line);
  const std::size_t begin = offset_of(line, region.begin.column);
  const std::size_t end = offset_of(line, region.end.column);
  return line.substr(begin, end - begin);
}

Result<TomlDocument, ConfigError> read_toml(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file))
    return ConfigError{file.string(), 0, "", "cannot be read"};
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return parse_toml(file.string(), bytes.str());
}

Result<TomlDocument, ConfigError> parse_toml(std::string path, std::string bytes) {
  TomlDocument document{std::move(path), std::move(bytes), {}};
  try {
    document.root = toml::parse(std::string_view{document.bytes}, std::string_view{document.path});
  } catch (const toml::parse_error& error) {
    return ConfigError{document.path, error.source().begin.line, "",
                       std::string{error.description()}};
  }
  return document;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
    std::abort();
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kHex[digest[i] >> 4U];
    text += kHex[digest[i] & 15U];
  }
  return text;
}

}  // namespace gongji::config
