#include "tests/hot_balances/hot_redis.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace gongji::stores::test {

using namespace std::chrono_literals;

std::unique_ptr<RedisHotBalances> connected(const std::string& url) {
  return connected(url, {20s, 20s, 20s});
}

std::unique_ptr<RedisHotBalances> connected(const std::string& url, const RedisOptions& options) {
  auto target = parse_redis_url(url);
  if (!target) ADD_FAILURE() << target.error();
  auto hot = std::make_unique<RedisHotBalances>(*target, options);
  const auto there = hot->wait_until_connected(60s);
  if (!there) ADD_FAILURE() << url << ": " << there.error().message;
  return hot;
}

HotHousehold loner(std::uint64_t household, std::uint64_t epoch, std::uint64_t sequence,
                   std::int64_t fen) {
  HotHousehold state;
  state.household = HouseholdId{household};
  state.epoch = Epoch{epoch};
  state.sequence = Sequence{sequence};
  state.until = CivilDate{std::chrono::year{9999} / 12 / 31};
  HotDetails details;
  details.until = state.until;
  state.persons.push_back({PersonId{"p" + std::to_string(household)}, Fen{}, Fen{fen}, Fen{}, true,
                           std::move(details)});
  return state;
}

bool applied(HotBalances& hot, const HotHousehold& state) {
  const auto batch = std::make_shared<const std::vector<HotHousehold>>(1, state);
  return answer_of<HotApplied>([&](auto then) { hot.apply(batch, std::move(then)); }).ok();
}

std::int64_t fen_of(HotBalances& hot, std::uint64_t household) {
  const PersonId person{"p" + std::to_string(household)};
  const auto found = answer_of<std::optional<HotPersonFound>>(
      [&](auto then) { hot.find_person(person, {}, std::move(then)); });
  return found && *found ? found->value().carryover.count() : -1;
}

}  // namespace gongji::stores::test
