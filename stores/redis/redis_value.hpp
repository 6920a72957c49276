// One reply of Redis as a value, so that no type of the client library leaves its two files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gongji::stores {

struct RedisValue {
  enum class Kind : std::uint8_t {
    kNil,
    kText,  // a string, or a status such as OK
    kInteger,
    kList,
    kError,  // Redis refused; `text` says why
    kLost,   // the connection went before the reply: nobody knows; `text` says why
  };
  Kind kind = Kind::kNil;
  std::int64_t integer = 0;
  std::string text;
  std::vector<RedisValue> list;

  [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
  [[nodiscard]] bool failed() const { return kind == Kind::kError || kind == Kind::kLost; }
  static RedisValue lost(std::string why) { return {Kind::kLost, 0, std::move(why), {}}; }
};

}  // namespace gongji::stores
