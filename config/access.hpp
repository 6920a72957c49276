// Bearer tokens of apps, agencies and auditors from [[token]] tables: token, role, name. Tokens
// never appear in an error text.
#pragma once

#include <filesystem>

#include "config/config_error.hpp"
#include "domain/result.hpp"
#include "ports/access.hpp"

namespace gongji::config {

// An empty path is an empty list.
Result<AccessList, ConfigError> load_access(const std::filesystem::path& file);

}  // namespace gongji::config
