// A cluster's "not here": MOVED (the slot has another master now) and ASK (this key is on its way
// to another master; ask there, this once).
#pragma once

#include <optional>
#include <string_view>

#include "stores/redis/redis_address.hpp"

namespace gongji::stores {

struct RedisRedirect {
  bool moved = false;  // false: ASK
  unsigned slot = 0;
  RedisAddress to;
};

// From the text of an error; nothing when it is another error. `from` stands in for a host that the
// node does not know of itself.
std::optional<RedisRedirect> redirect_in(std::string_view error, const RedisAddress& from);

}  // namespace gongji::stores
