// What is wrong with a configuration, told so that the person who wrote it finds the place: the
// file, the line and the key. The program ends with exit code 2 and this text; a reload keeps the
// old configuration and logs it.
#pragma once

#include <string>

namespace gongji::config {

struct ConfigError {
  std::string file;   // path as opened, or where else the value came from: "--set"
  unsigned line = 0;  // 0 = no line: the file itself, a folder, a command-line argument
  std::string key;    // "fund.floor.default"; "" = the file as a whole
  std::string message;

  // "config/gateway.toml:12: gateway.http: must be ADDRESS:PORT"
  [[nodiscard]] std::string text() const {
    std::string out = file;
    if (line != 0) out += ":" + std::to_string(line);
    if (!key.empty()) out += ": " + key;
    return out + ": " + message;
  }
};

}  // namespace gongji::config
