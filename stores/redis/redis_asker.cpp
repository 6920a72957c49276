#include "stores/redis/redis_asker.hpp"

#include <algorithm>
#include <utility>

namespace gongji::stores {

RedisAsker::RedisAsker(boost::asio::io_context& loop, std::vector<RedisAddress> servers,
                       RedisLogin login, RedisTimeouts timeouts)
    : loop_(loop),
      given_(servers.size()),
      servers_(std::move(servers)),
      login_(std::move(login)),
      timeouts_(timeouts) {}

RedisAsker::~RedisAsker() {
  *alive_ = false;
  if (link_) link_->close("not needed any more");
}

void RedisAsker::also(const std::vector<RedisAddress>& servers) {
  const RedisAddress asked = servers_[current_];
  servers_.resize(given_);
  for (const RedisAddress& server : servers)
    if (std::find(servers_.begin(), servers_.end(), server) == servers_.end())
      servers_.push_back(server);
  const auto same = std::find(servers_.begin(), servers_.end(), asked);
  current_ = same == servers_.end() ? 0 : static_cast<std::size_t>(same - servers_.begin());
}

void RedisAsker::ask(RedisWords question, Then then) {
  question_ = {std::move(question), nullptr};
  then_ = std::move(then);
  tries_left_ = servers_.size();
  try_one();
}

void RedisAsker::try_one() {
  if (link_ && link_->ready()) return put();
  const auto guarded = [alive = alive_](auto act) {
    return [alive, act](const auto&... why) {
      if (*alive) act(why...);
    };
  };
  link_ = RedisLink::open(
      loop_, servers_[current_], login_, timeouts_,
      {guarded([this] { put(); }), guarded([this](const std::string& why) { next(why); })});
}

void RedisAsker::put() {
  link_->send(question_, [this, alive = alive_](const RedisValue& reply) {
    if (!*alive || reply.is(RedisValue::Kind::kLost)) return;  // `lost` goes on with the next
    if (reply.failed()) return next(reply.text);
    finish(Answer{reply, servers_[current_]});
  });
}

void RedisAsker::next(const std::string& why) {
  const RedisAddress failed = servers_[current_];
  if (auto link = std::exchange(link_, nullptr)) link->close("asking another one");
  current_ = (current_ + 1) % servers_.size();
  if (then_ == nullptr) return;  // it was lost between two questions
  if (tries_left_ == 0 || --tries_left_ == 0)
    return finish(StoreError{"redis " + failed.text() + ": " + why});
  try_one();
}

void RedisAsker::finish(Result<Answer, StoreError> result) {
  if (const Then then = std::exchange(then_, nullptr)) then(std::move(result));
}

}  // namespace gongji::stores
