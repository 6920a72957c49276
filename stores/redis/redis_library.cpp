#include "stores/redis/redis_library.hpp"

namespace gongji::stores {

std::string library_text() {
  std::string text = "#!lua name=gongji\n";
  for (const RedisFunction* function : kFunctions) {
    const std::string name{function->name};
    text += "redis.register_function('" + name + "', function(KEYS, ARGV)" +
            std::string{function->body} + "end)\n";
  }
  return text;
}

}  // namespace gongji::stores
