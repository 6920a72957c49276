// redis://[:PASSWORD@]HOST[:PORT][/DATABASE]. The packaged client library speaks no TLS: put
// stunnel between where the network asks for it.
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
