// redis.url in its three forms; docs/formats/redis.md is the reference. USER:PASSWORD@ may be left
// out, or the user alone; %XX stands for a character that means something in a URL.
//   redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]                    one server
//   redis+sentinel://[…@]HOST[:PORT],HOST…/MASTER[/DATABASE]          who its sentinels name
//   redis+cluster://[…@]HOST[:PORT],HOST…                             a cluster, by some of its
//   nodes
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"

namespace gongji::stores {

struct RedisAddress {
  std::string host;
  std::uint16_t port = 6379;
  [[nodiscard]] std::string text() const { return host + ":" + std::to_string(port); }
  bool operator==(const RedisAddress&) const = default;
};

enum class RedisKind : std::uint8_t { kSingle, kSentinel, kCluster };

struct RedisTarget {
  RedisKind kind = RedisKind::kSingle;
  std::vector<RedisAddress> hosts;  // the server; the sentinels; some nodes
  std::string user;                 // "" = the default user
  std::string password;             // "" = none
  unsigned database = 0;
  std::string master;  // sentinel only: its name there
};

// The error says what is wrong with the text; it never repeats the password.
Result<RedisTarget, std::string> parse_redis_url(std::string_view url);

}  // namespace gongji::stores
