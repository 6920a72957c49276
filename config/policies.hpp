// Policy profiles: one province's rules for one period, one TOML file each. A new province is a new
// file and no rebuild; its keys are explained in docs/configuration.md, the rules behind them in
// docs/rules.md. A profile's hash is the SHA-256 of its file, so that a journal record tells
// exactly which text decided it (GX-11).
#pragma once

#include <filesystem>

#include "config/config_error.hpp"
#include "domain/profile.hpp"
#include "domain/result.hpp"

namespace gongji::config {

Result<Profile, ConfigError> load_profile(const std::filesystem::path& file);

// Every *.toml of the folder, in order of file names. Besides errors within a file: two profiles of
// one id, and two that would be valid on one day for one family or one area.
Result<ProfileBook, ConfigError> load_policies(const std::filesystem::path& folder);

}  // namespace gongji::config
