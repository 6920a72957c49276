#include "tests/hot_balances/redis_process.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "stores/redis/redis_link.hpp"

namespace gongji::stores::test {
namespace {

using namespace std::chrono_literals;

constexpr int kAttempts = 1'200;  // of 25 ms each: half a minute on a loaded machine

// A cluster node listens on its port and on the one 10000 above: low enough for both, and outside
// what the kernel gives to others.
int free_port() {
  static int next = 10'000 + ::getpid() * 37 % 15'000;
  for (int tries = 0; tries < 1'000; ++tries) {
    next = 10'000 + (next - 10'000 + 1) % 15'000;
    bool free = true;
    for (const int port : {next, next + 10'000}) {
      const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_port = htons(static_cast<std::uint16_t>(port));
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      free = free && ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
      ::close(listener);
    }
    if (free) return next;
  }
  ADD_FAILURE() << "no free port";
  return 0;
}

std::optional<RedisValue> ask_once(int port, const std::vector<std::string>& words) {
  boost::asio::io_context loop;
  std::optional<RedisValue> answer;
  auto link = RedisLink::open(loop, {"127.0.0.1", static_cast<std::uint16_t>(port)},
                              RedisLogin{.functions = false}, {5s, 30s}, {});
  link->send({words, nullptr}, [&](const RedisValue& reply) {
    answer = reply;
    loop.stop();
  });
  loop.run();
  if (answer && answer->is(RedisValue::Kind::kLost)) return std::nullopt;
  return answer;
}

bool contains(const RedisValue& value, const std::string& text) {
  if (value.text.find(text) != std::string::npos) return true;
  for (const RedisValue& each : value.list)
    if (contains(each, text)) return true;
  return false;
}

}  // namespace

RedisProcess::RedisProcess(const Settings& settings, Role role) : port_(free_port()) {
  char folder[] = "/tmp/gongji-redis-XXXXXX";
  folder_ = ::mkdtemp(folder);
  start(settings, role);
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (answers()) return;
    std::this_thread::sleep_for(25ms);
  }
  ADD_FAILURE() << "redis-server (package redis-server) did not start on port " << port_;
}

void RedisProcess::start(const Settings& settings, Role role) {
  const std::string file = folder_ + "/redis.conf";
  std::ofstream config{file};
  config << "bind 127.0.0.1\nport " << port_ << "\ndir " << folder_ << "\nlogfile " << folder_
         << "/log\ndaemonize no\n";
  if (role == Role::kServer) config << "save \"\"\nappendonly no\n";
  for (const std::string& line : settings) config << line << "\n";
  config.close();
  process_ = ::fork();
  if (process_ != 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const char* sentinel = role == Role::kSentinel ? "--sentinel" : nullptr;
  ::execlp("redis-server", "redis-server", file.c_str(), sentinel, nullptr);
  ::_exit(127);  // not installed
}

RedisProcess::~RedisProcess() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  std::filesystem::remove_all(folder_);
}

// Also when it wants a password first.
bool RedisProcess::answers() const {
  const auto answer = ask_once(port_, {"PING"});
  return answer.has_value();
}

RedisValue RedisProcess::ask(const std::vector<std::string>& words) const {
  auto answer = ask_once(port_, words);
  if (!answer) ADD_FAILURE() << address() << " does not answer " << words.front();
  return answer.value_or(RedisValue{});
}

void RedisProcess::wait_for(const std::vector<std::string>& words, const std::string& text) const {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (contains(ask(words), text)) return;
    std::this_thread::sleep_for(25ms);
  }
  ADD_FAILURE() << address() << ": " << words.front() << " never said " << text;
}

void RedisProcess::pause() { ::kill(process_, SIGSTOP); }
void RedisProcess::resume() { ::kill(process_, SIGCONT); }

}  // namespace gongji::stores::test
