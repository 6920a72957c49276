// gongjid's flags. Each stands for one setting and wins over the file; --set reaches every knob.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"

namespace gongji::app {

struct CommandLine {
  std::optional<std::string> config_file;
  std::vector<config::Override> overrides;
  bool check_config = false;
};

// Fills `line`, or gives the exit code with which the program should end at once (0 after --help
// and --version, 2 after unusable arguments; what to say has been printed).
std::optional<int> parse_command_line(int argc, char** argv, CommandLine& line);

}  // namespace gongji::app
