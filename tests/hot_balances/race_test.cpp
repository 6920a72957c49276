// Two projectors of different epochs write the same households at the same time, ten thousand
// times: the newer one always wins, because the check is made inside Redis. The same race with
// plain writes is lost, so this test can fail.
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

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

// The old owner goes on filling, and each time it starts the new one takes the marker and writes.
// What the old one filled before that is overwritten, and what it still has under way comes to
// nothing.
TEST(TwoOwners, WhoFillsComesToNothingOnceTheNewerHasTheMarker) {
  const RedisPlace place = single_place();
  const auto old_owner = connected(place.url);
  const auto new_owner = connected(place.url);
  const auto mark = [](RedisHotBalances& hot, const HotMarker& to) {
    return *answer_of<bool>([&](auto then) { hot.move_marker({}, to, std::move(then)); });
  };
  int in_time = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::string journal = "journal " + std::to_string(round);
    const std::uint64_t first = 1 + static_cast<std::uint64_t>(round) * kPerRound;
    ASSERT_TRUE(mark(*old_owner, {journal, Epoch{4}, Sequence{}}));
    std::thread filling{[&] {
      const auto done = answer_of<HotApplied>([&](auto then) {
        old_owner->fill(states_of(0, first), {journal, Epoch{4}, Sequence{}}, std::move(then));
      });
      in_time += done.ok() ? 1 : 0;
    }};
    ASSERT_TRUE(mark(*new_owner, {journal, Epoch{5}, Sequence{}}));
    EXPECT_TRUE(
        answer_of<HotApplied>([&](auto then) {
          new_owner->fill(states_of(1, first), {journal, Epoch{5}, Sequence{}}, std::move(then));
        }).ok());
    filling.join();
  }
  int lost = 0;
  for (std::uint64_t household = 1; household <= kRounds * kPerRound; ++household)
    lost += fen_of(*new_owner, household) == kNewFen ? 0 : 1;
  EXPECT_EQ(lost, 0) << in_time << " times the old owner was first";
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
