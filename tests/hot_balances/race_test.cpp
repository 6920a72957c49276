// Two projectors of different epochs write the same households at the same time, ten thousand
// times: the newer one always wins, because the check is made inside Redis. The same race with
// plain writes is lost, so this test can fail.
#include <gtest/gtest.h>

#include <barrier>
#include <future>
#include <thread>

#include "stores/redis/hot_layout.hpp"
#include "stores/redis/key_slot.hpp"
#include "stores/redis/redis_client.hpp"
#include "tests/hot_balances/hot_redis.hpp"
#include "tests/hot_balances/redis_places.hpp"

namespace gongji::stores::test {
namespace {

constexpr int kRounds = 100;
constexpr std::uint64_t kPerRound = 100;
constexpr std::int64_t kOldFen = 1;
constexpr std::int64_t kNewFen = 2;

// Both owners at once, round by round; `write` sends all households from `first` on for one owner.
template <class Write>
void race(Write write) {
  std::barrier start{2};
  const auto run = [&](int owner) {
    for (int round = 0; round < kRounds; ++round) {
      start.arrive_and_wait();
      write(owner, 1 + static_cast<std::uint64_t>(round) * kPerRound);
    }
  };
  std::thread old_owner{run, 0};
  run(1);
  old_owner.join();
}

// The old owner is further on in its own counting: only the epoch tells.
HotBatch states_of(int owner, std::uint64_t first) {
  auto states = std::make_shared<std::vector<HotHousehold>>();
  for (std::uint64_t i = 0; i < kPerRound; ++i)
    states->push_back(owner == 0 ? loner(first + i, 4, 900 + i, kOldFen)
                                 : loner(first + i, 5, 10 + i, kNewFen));
  return states;
}

TEST(TwoOwners, TheNewerAlwaysWinsTenThousandTimes) {
  const RedisPlace place = single_place();
  const auto old_owner = connected(place.url);
  const auto new_owner = connected(place.url);
  race([&](int owner, std::uint64_t first) {
    RedisHotBalances& mine = owner == 0 ? *old_owner : *new_owner;
    const auto done = answer_of<HotApplied>(
        [&](auto then) { mine.apply(states_of(owner, first), std::move(then)); });
    EXPECT_TRUE(done.ok());
  });
  int lost = 0;
  for (std::uint64_t household = 1; household <= kRounds * kPerRound; ++household)
    lost += fen_of(*new_owner, household) == kNewFen ? 0 : 1;
  EXPECT_EQ(lost, 0);
}

bool mark(RedisHotBalances& hot, Epoch owner) {
  const HotMarker marker{"journal", owner, Sequence{}};
  return *answer_of<bool>([&](auto then) { hot.move_marker({}, marker, std::move(then)); });
}

void fill(RedisHotBalances& hot, int owner, std::uint64_t first, HotThen<HotApplied> then) {
  hot.fill(states_of(owner, first), {"journal", Epoch{owner == 0 ? 4U : 5U}, Sequence{}},
           std::move(then));
}

int number_of(HotBalances& hot, std::uint64_t first, std::int64_t fen) {
  int found = 0;
  for (std::uint64_t i = 0; i < kPerRound; ++i) found += fen_of(hot, first + i) == fen ? 1 : 0;
  return found;
}

// The old owner has seen the marker where it left it and is about to send its second transaction,
// when the new one takes the marker and writes.
TEST(TwoOwners, WhatIsFilledComesToNothingOnceTheNewerHasTheMarker) {
  const RedisPlace place = single_place();
  const auto old_owner = connected(place.url);
  const auto new_owner = connected(place.url);
  constexpr std::uint64_t kSecond = 1 + kPerRound;
  ASSERT_TRUE(mark(*old_owner, Epoch{4}));
  HotAnswer<HotApplied> first, second, newer;
  std::promise<void> both_asked;
  old_owner->find_marker([asked = both_asked.get_future().share()](const auto&) { asked.wait(); });
  // Until this returns the old owner's connection does nothing. Its second watch went out right
  // behind its first transaction.
  fill(*old_owner, 0, 1, [&, then = first.then()](const Result<HotApplied, StoreError>& done) {
    place.servers.front()->wait_for({"INFO", "commandstats"}, "cmdstat_watch:calls=2,");
    EXPECT_TRUE(mark(*new_owner, Epoch{5}));
    fill(*new_owner, 1, kSecond, newer.then());
    EXPECT_TRUE(newer.wait().ok());
    then(done);
  });
  fill(*old_owner, 0, kSecond, second.then());
  both_asked.set_value();
  EXPECT_TRUE(first.wait().ok());
  EXPECT_FALSE(second.wait().ok());
  EXPECT_EQ(number_of(*new_owner, 1, kOldFen), static_cast<int>(kPerRound));
  EXPECT_EQ(number_of(*new_owner, kSecond, kNewFen), static_cast<int>(kPerRound));
}

// False while it is not connected.
bool carried_out(RedisClient& client, const RespLines& commands) {
  std::promise<bool> done;
  client.post([&] {
    client.send(commands, [&done](const RedisValue& reply) {
      done.set_value(reply.is(RedisValue::Kind::kList));
    });
  });
  return done.get_future().get();
}

// The same transaction, without a watch in front of it.
TEST(TwoOwners, WithoutTheWatchTheOlderWins) {
  const RedisPlace place = single_place();
  const auto new_owner = connected(place.url);
  ASSERT_TRUE(mark(*new_owner, Epoch{5}));
  HotAnswer<HotApplied> newer;
  fill(*new_owner, 1, 1, newer.then());
  ASSERT_TRUE(newer.wait().ok());
  RedisClient old_owner{*parse_redis_url(place.url),
                        {std::chrono::seconds{20}, std::chrono::seconds{20}}};
  const RespLines commands = write_plainly(*states_of(0, 1), HashForm::kReady);
  while (!carried_out(old_owner, commands))
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  EXPECT_EQ(number_of(*new_owner, 1, kOldFen), static_cast<int>(kPerRound));
}

TEST(TwoOwners, WithoutTheCheckTheOlderWinsSometimes) {
  const RedisPlace place = single_place();
  const auto target = parse_redis_url(place.url);
  RedisClient clients[] = {
      RedisClient{*target, {std::chrono::seconds{20}, std::chrono::seconds{20}}},
      RedisClient{*target, {std::chrono::seconds{20}, std::chrono::seconds{20}}}};
  (void)connected(place.url);
  race([&](int owner, std::uint64_t first) {
    std::promise<void> done;
    clients[owner].post([&] {
      for (std::uint64_t i = 0; i < kPerRound; ++i) {
        const std::string key = "plain:" + std::to_string(first + i);
        clients[owner].send(slot_of(key), {{"SET", key, std::to_string(owner)}, nullptr},
                            [&done, last = i + 1 == kPerRound](const RedisValue&) {
                              if (last) done.set_value();
                            });
      }
    });
    done.get_future().wait();
  });
  int old_won = 0;
  for (std::uint64_t i = 1; i <= kRounds * kPerRound; ++i)
    old_won +=
        place.servers.front()->ask({"GET", "plain:" + std::to_string(i)}).text == "0" ? 1 : 0;
  EXPECT_GT(old_won, 0);
}

}  // namespace
}  // namespace gongji::stores::test
