// A TOML file as read from disk. The only headers of the project that know toml++ are this one and
// table_reader.hpp; nothing outside config/ includes them.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "config/config_error.hpp"
#include "domain/result.hpp"

namespace gongji::config {

struct TomlDocument {
  std::string path;
  std::string bytes;  // exactly as on disk: profiles are hashed over them
  toml::table root;

  // The text between two places of the file, so that an amount written as 1000.05 is read from its
  // digits and never through floating point. Both places must lie on one line.
  [[nodiscard]] std::string_view slice(const toml::source_region& region) const;
};

Result<TomlDocument, ConfigError> read_toml(const std::filesystem::path& file);
// The same from memory; errors name `path`.
Result<TomlDocument, ConfigError> parse_toml(std::string path, std::string bytes);

// SHA-256 of the bytes, lower-case hex.
std::string sha256_hex(std::string_view bytes);

}  // namespace gongji::config
