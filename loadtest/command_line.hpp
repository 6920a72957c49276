// The flags of gongji-load, their help and examples.
#pragma once

#include <optional>

#include "loadtest/options.hpp"

namespace gongji::loadtest {

// Nothing when `options` is complete and a run may begin; else the exit code, 0 after --help or 2,
// and what is wrong has been printed.
std::optional<int> parse_command_line(int argc, char** argv, LoadOptions& options);

}  // namespace gongji::loadtest
