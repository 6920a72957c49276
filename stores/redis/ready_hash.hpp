// A small hash the way Redis itself keeps and dumps one, so that RESTORE takes it over as it is,
// where HSET looks at every word. Redis 7 and later; others refuse it (RedisLink asks them when it
// logs in).
//
//   10                              a hash, kept as a listpack
//   80 00 00 00 1a                  bytes of the listpack, big-endian
//     1a 00 00 00 04 00             bytes and words of it, little-endian
//     85 e p o c h 06  81 3 02      each word: 80 + its length, itself, how long that was;
//     83 s e q 04  82 1 5 03        one of 64 bytes or more has longer lengths
//     ff
//   0a 00                           version of the form
//   …                               CRC-64 of all before it, little-endian
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stores/redis/redis_request.hpp"

namespace gongji::stores {

class ReadyHash {
 public:
  static constexpr std::size_t kWordBytesMax = 4'095;

  // Fields and values in turn, each at most kWordBytesMax long.
  void begin();
  void word(std::string_view text, std::string_view more = {});
  void number(std::int64_t number);
  // What RESTORE takes; until the next begin().
  std::string_view end();

 private:
  std::string bytes_;  // kept for its capacity
  std::uint32_t words_ = 0;
};

// What a server is asked to learn whether it takes them; it writes nothing.
RedisWords ask_for_ready_hashes();

}  // namespace gongji::stores
