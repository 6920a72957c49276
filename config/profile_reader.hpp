// Turns one profile file into a Profile; what is wrong with it lands in `findings`.
#pragma once

#include "config/table_reader.hpp"
#include "domain/profile.hpp"

namespace gongji::config {

Profile read_profile(const TomlDocument& document, Findings& findings);

}  // namespace gongji::config
