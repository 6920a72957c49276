// What is sent to Redis: a plain command, or a call of one of our functions, whose first words
// depend on the server (a function, or a script by its digest).
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "stores/redis/redis_library.hpp"

namespace gongji::stores {

using RedisWords = std::vector<std::string>;

struct RedisRequest {
  RedisWords words;
  const RedisFunction* function = nullptr;  // words = key and arguments

  [[nodiscard]] std::size_t bytes() const {
    std::size_t sum = 0;
    for (const std::string& word : words) sum += word.size();
    return sum;
  }
};

}  // namespace gongji::stores
