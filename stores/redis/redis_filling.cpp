#include "stores/redis/redis_filling.hpp"

#include <utility>

#include "stores/redis/gather.hpp"
#include "stores/redis/hot_layout.hpp"
#include "stores/redis/key_slot.hpp"

namespace gongji::stores {
namespace {

using Kind = RedisValue::Kind;

const StoreError kMoved{"the marker is not where it was left"};

// What EXEC says: nothing when the marker was touched, else what each command said.
Result<Done, StoreError> outcome_of(const RedisValue& reply) {
  if (reply.failed()) return StoreError{reply.text};
  if (!reply.is(Kind::kList)) return kMoved;
  for (const RedisValue& each : reply.list)
    if (each.failed()) return StoreError{each.text};
  return Done{};
}

}  // namespace

void RedisFilling::add(RespLines commands, HotMarker fence, Then then) {
  waiting_.push_back({std::move(commands), std::move(fence), std::move(then)});
  if (!watching_) watch_for_next();
}

void RedisFilling::watch_for_next() {
  watching_ = true;
  const Gather gather{[this](const auto& replies) { watched(replies); }};
  const std::string key = marker_key("");
  client_.send(slot_of(key), {{"WATCH", key}, nullptr}, gather.one_more());
  client_.send(slot_of(key), ask_marker(""), gather.one_more());
}

// The next batch's watch goes out right behind this one's transaction, so that Redis need not wait.
void RedisFilling::watched(const Result<std::vector<RedisValue>, StoreError>& replies) {
  watching_ = false;
  Batch batch = std::move(waiting_.front());
  waiting_.pop_front();
  const bool stands = replies && read_marker((*replies)[1]) == batch.fence;
  if (stands)
    transact(std::move(batch));
  else
    batch.then(replies ? kMoved : replies.error());
  if (!waiting_.empty() && !watching_) watch_for_next();
}

// Had a command before EXEC not been taken, EXEC would say so.
void RedisFilling::transact(Batch batch) {
  client_.send(batch.commands, [then = std::move(batch.then)](const RedisValue& reply) {
    then(outcome_of(reply));
  });
}

}  // namespace gongji::stores
