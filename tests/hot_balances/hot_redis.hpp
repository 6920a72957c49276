// What the tests of one kind of Redis do with it: connect, write, look.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "ports/hot_answer.hpp"
#include "ports/hot_balances.hpp"
#include "stores/redis/redis_hot_balances.hpp"

namespace gongji::stores::test {

// Once it answers; fails the test when it never does. Without options: patient ones, for a loaded
// machine.
std::unique_ptr<RedisHotBalances> connected(const std::string& url);
std::unique_ptr<RedisHotBalances> connected(const std::string& url, const RedisOptions& options);

template <class T, class Call>
Result<T, StoreError> answer_of(Call call) {
  HotAnswer<T> answer;
  call(answer.then());
  return answer.wait();
}

// A household of one person, "p<household>", who has so many fen.
HotHousehold loner(std::uint64_t household, std::uint64_t epoch, std::uint64_t sequence,
                   std::int64_t fen);
bool applied(HotBalances& hot, const HotHousehold& state);
// -1 when he is not there.
std::int64_t fen_of(HotBalances& hot, std::uint64_t household);

}  // namespace gongji::stores::test
