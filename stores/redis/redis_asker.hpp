// Asks one of several servers that would all give the same answer (sentinels, nodes of a cluster),
// whichever is there; keeps the connection for the next question. Everything on the loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "ports/journal_store.hpp"
#include "stores/redis/redis_link.hpp"

namespace gongji::stores {

class RedisAsker {
 public:
  struct Answer {
    RedisValue value;
    RedisAddress from;
  };
  using Then = std::function<void(Result<Answer, StoreError>)>;

  RedisAsker(boost::asio::io_context& loop, std::vector<RedisAddress> servers, RedisLogin login,
             RedisTimeouts timeouts);
  ~RedisAsker();
  RedisAsker(const RedisAsker&) = delete;
  RedisAsker& operator=(const RedisAsker&) = delete;

  // One question at a time. An error when no server answered, or the one that did refused.
  void ask(RedisWords question, Then then);
  // More servers that may be asked; the first ones are never forgotten.
  void also(const std::vector<RedisAddress>& servers);

 private:
  void try_one();
  void put();
  void next(const std::string& why);
  void finish(Result<Answer, StoreError> result);

  boost::asio::io_context& loop_;
  const std::size_t given_;
  std::vector<RedisAddress> servers_;
  const RedisLogin login_;
  const RedisTimeouts timeouts_;
  std::size_t current_ = 0;
  std::size_t tries_left_ = 0;
  std::shared_ptr<RedisLink> link_;
  RedisRequest question_;
  Then then_;
  const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace gongji::stores
