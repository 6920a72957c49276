// One connection to one Redis server: pipelined, never blocking, with a limit on how long the
// oldest command may wait. It logs in, loads our functions and says that it is ready; from the
// first fault on it is lost, whatever waited is told so, and it never comes back: whoever needs a
// connection makes a new one. Everything on the loop's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "stores/redis/hiredis_watch.hpp"
#include "stores/redis/redis_address.hpp"
#include "stores/redis/redis_request.hpp"
#include "stores/redis/redis_value.hpp"
#include "stores/redis/resp_lines.hpp"

struct redisAsyncContext;

namespace gongji::stores {

// What a server is asked before it is ready.
struct RedisLogin {
  std::string user = {};
  std::string password = {};
  unsigned database = 0;
  bool must_be_master = false;
  bool functions = true;           // false for sentinels, and where only questions are asked
  bool password_optional = false;  // sentinels often have none
};

struct RedisTimeouts {
  std::chrono::milliseconds connect{1'000};  // until it is ready
  std::chrono::milliseconds command{1'000};  // the oldest unanswered one
};

class RedisLink : public std::enable_shared_from_this<RedisLink> {
 public:
  using Handler = std::function<void(const RedisValue& reply)>;
  struct Events {
    std::function<void()> ready;
    std::function<void(const std::string& why)> lost;  // once
  };

  static std::shared_ptr<RedisLink> open(boost::asio::io_context& loop, RedisAddress address,
                                         RedisLogin login, RedisTimeouts timeouts, Events events);
  ~RedisLink();
  RedisLink(const RedisLink&) = delete;
  RedisLink& operator=(const RedisLink&) = delete;

  // `handler` is called exactly once, in the order of sending; it may send and close.
  void send(const RedisRequest& request, Handler handler);
  // Commands that are ready to be sent, at least one; `last` is called for the last of them, and
  // what the others say is not looked at.
  void send(const RespLines& commands, Handler last);
  // Fails what waits. Calls `lost` unless it was called before.
  void close(const std::string& why);
  [[nodiscard]] bool ready() const { return ready_; }
  [[nodiscard]] bool lost() const { return lost_; }
  // Known once it is ready.
  [[nodiscard]] bool takes_ready_hashes() const { return takes_ready_hashes_; }
  [[nodiscard]] const RedisAddress& address() const { return address_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Handler handler;
    Clock::time_point since;
  };

  RedisLink(boost::asio::io_context& loop, RedisAddress address, RedisLogin login,
            RedisTimeouts timeouts, Events events);
  void connect();
  void log_in();
  void load_functions();
  void load_scripts();
  void become_ready();
  void ask(RedisWords words, std::function<void(const RedisValue&)> then);
  void must(RedisWords words);
  void put(const RedisWords& words, Handler handler);
  void put_line(std::string_view command, Handler handler);
  void on_reply(const RedisValue& reply);
  void on_gone(const std::string& why);
  void watch_time();
  void check_time();

  boost::asio::io_context& loop_;
  const RedisAddress address_;
  const RedisLogin login_;
  const RedisTimeouts timeouts_;
  Events events_;
  redisAsyncContext* context_ = nullptr;  // hiredis owns it and frees it when it is lost
  std::unique_ptr<HiredisWatch> watch_;
  std::deque<Waiting> waiting_;
  RespLines line_;  // kept for its capacity
  boost::asio::steady_timer timer_;
  Clock::time_point opened_ = Clock::now();
  bool timing_ = false;
  bool ready_ = false;
  bool lost_ = false;
  bool takes_ready_hashes_ = false;
  bool with_functions_ = true;
  std::unordered_map<const RedisFunction*, std::string> digests_;  // when it has no functions
};

}  // namespace gongji::stores
