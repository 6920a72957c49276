// One blocking connection to one Redis, with time-outs on everything; pipelined by sending several
// commands before the first reply is read. One thread. After an error the connection is dropped and
// the next use makes a new one.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ports/journal_store.hpp"
#include "stores/redis/redis_address.hpp"

struct redisContext;
struct redisReply;

namespace gongji::stores {

struct RedisReplyDeleter {
  void operator()(redisReply* reply) const;
};
using RedisReply = std::unique_ptr<redisReply, RedisReplyDeleter>;
using RedisCommand = std::vector<std::string>;

class RedisConnection {
 public:
  explicit RedisConnection(RedisAddress address);
  ~RedisConnection();
  RedisConnection(const RedisConnection&) = delete;
  RedisConnection& operator=(const RedisConnection&) = delete;

  // All replies, in order; an error reply of Redis is an error of the call.
  Result<std::vector<RedisReply>, StoreError> run(const std::vector<RedisCommand>& commands);
  Result<RedisReply, StoreError> run(const RedisCommand& command);
  // Counts connections made: scripts are loaded once per connection.
  [[nodiscard]] unsigned generation() const { return generation_; }

 private:
  struct ContextDeleter {
    void operator()(redisContext* context) const;
  };
  Status<StoreError> connect();
  Status<StoreError> log_in();
  Result<std::vector<RedisReply>, StoreError> exchange(const std::vector<RedisCommand>& commands);
  StoreError broken(const std::string& what);

  const RedisAddress address_;
  std::unique_ptr<redisContext, ContextDeleter> context_;
  unsigned generation_ = 0;
};

}  // namespace gongji::stores
