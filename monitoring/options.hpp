// Options of the ops listener, beside the code that uses them. config/ fills and checks them; the
// meaning, unit and range of each knob are in config/gateway.toml.
#pragma once

#include <cstdint>
#include <string>

namespace gongji::monitoring {

struct OpsOptions {
  std::string address = "127.0.0.1";  // another than loopback needs a token_file
  std::uint16_t port = 9464;          // 0 = pick one
  std::string token_file;             // one line: the bearer token; "" = no token asked
};

}  // namespace gongji::monitoring
