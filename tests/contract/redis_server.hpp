// A real redis-server of the test's own on a free loopback port; killed with the object. A machine
// without the program fails the test by name.
#pragma once

#include <sys/types.h>

#include <string>

namespace gongji::stores {

class RedisServer {
 public:
  RedisServer();
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;
  [[nodiscard]] std::string url() const { return "redis://127.0.0.1:" + std::to_string(port_); }

 private:
  int port_ = 0;
  pid_t process_ = -1;
};

}  // namespace gongji::stores
