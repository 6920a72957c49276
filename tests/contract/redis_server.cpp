#include "tests/contract/redis_server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "stores/redis/redis_connection.hpp"

namespace gongji::stores {
namespace {

int free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(listener, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(listener);
  return ntohs(address.sin_port);
}

}  // namespace

RedisServer::RedisServer() : port_(free_port()) {
  const std::string port = std::to_string(port_);
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execlp("redis-server", "redis-server", "--bind", "127.0.0.1", "--port", port.c_str(),
             "--save", "", "--appendonly", "no", "--daemonize", "no", "--logfile", "/dev/null",
             nullptr);
    ::_exit(127);  // not installed
  }
  const auto address = parse_redis_url(url());
  for (int attempt = 0; attempt < 200; ++attempt) {
    if (RedisConnection{*address}.run(RedisCommand{"PING"}).ok()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds{25});
  }
  ADD_FAILURE() << "redis-server (package redis-server) did not start on port " << port_;
}

RedisServer::~RedisServer() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace gongji::stores
