// The replies to several commands sent together, in the order of sending; told once the last one is
// there. The first failure becomes the error of all.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "ports/hot_balances.hpp"
#include "stores/redis/redis_value.hpp"

namespace gongji::stores {

class Gather {
 public:
  using Then = HotThen<std::vector<RedisValue>>;

  explicit Gather(Then then) : shared_(std::make_shared<Shared>(std::move(then))) {}

  // The handler of one more command. Take all of them, then let go of this object.
  [[nodiscard]] std::function<void(const RedisValue&)> one_more() const {
    const std::size_t place = shared_->replies.size();
    shared_->replies.emplace_back();
    return [shared = shared_, place](const RedisValue& reply) { shared->replies[place] = reply; };
  }

 private:
  // The last handler to go away tells.
  struct Shared {
    explicit Shared(Then wanted) : then(std::move(wanted)) {}
    ~Shared() { then(result()); }
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;

    Result<std::vector<RedisValue>, StoreError> result() {
      for (const RedisValue& reply : replies)
        if (reply.failed()) return StoreError{reply.text};
      return std::move(replies);
    }

    std::vector<RedisValue> replies;
    Then then;
  };
  std::shared_ptr<Shared> shared_;
};

}  // namespace gongji::stores
