#include "stores/redis/redis_connection.hpp"

#include <hiredis/hiredis.h>
#include <sys/time.h>

#include <utility>

namespace gongji::stores {
namespace {

constexpr timeval kConnectTimeout{0, 500'000};  // half a second
constexpr timeval kCommandTimeout{1, 0};

}  // namespace

void RedisReplyDeleter::operator()(redisReply* reply) const { freeReplyObject(reply); }
void RedisConnection::ContextDeleter::operator()(redisContext* context) const {
  redisFree(context);
}

RedisConnection::RedisConnection(RedisAddress address) : address_(std::move(address)) {}
RedisConnection::~RedisConnection() = default;

StoreError RedisConnection::broken(const std::string& what) {
  context_.reset();
  return {"redis " + address_.host + ":" + std::to_string(address_.port) + ": " + what};
}

Status<StoreError> RedisConnection::connect() {
  if (context_ != nullptr) return Done{};
  context_.reset(redisConnectWithTimeout(address_.host.c_str(), address_.port, kConnectTimeout));
  if (context_ == nullptr) return broken("out of memory");
  if (context_->err != 0) return broken(context_->errstr);
  redisSetTimeout(context_.get(), kCommandTimeout);
  redisEnableKeepAlive(context_.get());
  ++generation_;
  return log_in();
}

Status<StoreError> RedisConnection::log_in() {
  std::vector<RedisCommand> commands;
  if (!address_.password.empty()) commands.push_back({"AUTH", address_.password});
  if (address_.database != 0) commands.push_back({"SELECT", std::to_string(address_.database)});
  if (commands.empty()) return Done{};
  if (auto done = exchange(commands); !done) return done.error();
  return Done{};
}

Result<std::vector<RedisReply>, StoreError> RedisConnection::exchange(
    const std::vector<RedisCommand>& commands) {
  std::vector<const char*> arguments;
  std::vector<std::size_t> lengths;
  for (const RedisCommand& command : commands) {
    arguments.clear();
    lengths.clear();
    for (const std::string& argument : command) {
      arguments.push_back(argument.data());
      lengths.push_back(argument.size());
    }
    redisAppendCommandArgv(context_.get(), static_cast<int>(command.size()), arguments.data(),
                           lengths.data());
  }
  std::vector<RedisReply> replies;
  std::string refused;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    void* reply = nullptr;
    if (redisGetReply(context_.get(), &reply) != REDIS_OK) return broken(context_->errstr);
    replies.emplace_back(static_cast<redisReply*>(reply));
    if (replies.back()->type == REDIS_REPLY_ERROR && refused.empty()) refused = replies.back()->str;
  }
  if (!refused.empty()) return broken(refused);
  return replies;
}

Result<std::vector<RedisReply>, StoreError> RedisConnection::run(
    const std::vector<RedisCommand>& commands) {
  if (auto connected = connect(); !connected) return connected.error();
  return exchange(commands);
}

Result<RedisReply, StoreError> RedisConnection::run(const RedisCommand& command) {
  auto replies = run(std::vector<RedisCommand>{command});
  if (!replies) return replies.error();
  return std::move(replies->front());
}

}  // namespace gongji::stores
