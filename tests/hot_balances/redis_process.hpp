// A real redis-server (or sentinel) of the test's own on a free loopback port; killed with the
// object, its folder removed. A machine without the program fails the test by name.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "stores/redis/redis_value.hpp"

namespace gongji::stores::test {

class RedisProcess {
 public:
  using Settings = std::vector<std::string>;  // lines of a redis.conf
  enum class Role { kServer, kSentinel };

  explicit RedisProcess(const Settings& settings = {}, Role role = Role::kServer);
  ~RedisProcess();
  RedisProcess(const RedisProcess&) = delete;
  RedisProcess& operator=(const RedisProcess&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  // Over a connection of its own; fails the test when there is no answer.
  RedisValue ask(const std::vector<std::string>& words) const;
  // Until the reply to the command contains the text.
  void wait_for(const std::vector<std::string>& words, const std::string& text) const;
  void pause();   // SIGSTOP
  void resume();  // SIGCONT

 private:
  void start(const Settings& settings, Role role);
  [[nodiscard]] bool answers() const;

  int port_ = 0;
  pid_t process_ = -1;
  std::string folder_;
};

}  // namespace gongji::stores::test
