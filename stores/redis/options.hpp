// Options of the connection to Redis, beside the code that uses them. config/ fills and checks
// them; the meaning, unit and range of each knob are in config/gateway.toml.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace gongji::stores {

struct RedisOptions {
  std::chrono::milliseconds connect_timeout_ms{1'000};
  std::chrono::milliseconds command_timeout_ms{1'000};
  std::chrono::milliseconds read_timeout_ms{50};
  // Called on the connection's thread when Redis came or went; for the log.
  std::function<void(const std::string& sentence)> on_notice = {};
};

}  // namespace gongji::stores
