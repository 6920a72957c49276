// redis://[:PASSWORD@]HOST[:PORT][/DATABASE]. TLS is not spoken by the library; docs/operating.md
// says how to put stunnel between.
#pragma once

#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace gongji::stores {

struct RedisAddress {
  std::string host;
  int port = 6379;
  std::string password;  // "" = none
  int database = 0;
};

// The error says what is wrong with the text; it never repeats the password.
Result<RedisAddress, std::string> parse_redis_url(std::string_view url);

}  // namespace gongji::stores
