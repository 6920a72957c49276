// The owner table of keys: all or none, waiters in order, released exactly once.
#include "actors/claims.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "actors/envelope.hpp"
#include "tests/actors/requests.hpp"

namespace gongji::actors::test {
namespace {

class ClaimsOfKeys : public ::testing::Test {
 protected:
  std::vector<EnvelopePtr> woken;
  const std::shared_ptr<ClaimTable> table =
      std::make_shared<ClaimTable>([this](EnvelopePtr mail) { woken.push_back(std::move(mail)); });
  const KeyHash a = key_hash("a"), b = key_hash("b"), c = key_hash("c");
  const EnvelopePtr one = std::make_shared<Envelope>(), two = std::make_shared<Envelope>(),
                    three = std::make_shared<Envelope>();
};

TEST_F(ClaimsOfKeys, ASecondHolderIsParkedAndWokenInOrder) {
  ASSERT_TRUE(table->acquire({a}, one));
  EXPECT_FALSE(table->acquire({a}, two));
  EXPECT_FALSE(table->acquire({a}, three));
  EXPECT_TRUE(table->held(a));
  EXPECT_TRUE(woken.empty());
  table->release({a});
  EXPECT_EQ(woken, (std::vector<EnvelopePtr>{two, three}));
  EXPECT_FALSE(table->held(a));
}

TEST_F(ClaimsOfKeys, AllOrNone) {
  ASSERT_TRUE(table->acquire({b}, one));
  EXPECT_FALSE(table->acquire({a, b, c}, two));
  EXPECT_FALSE(table->held(a));
  EXPECT_FALSE(table->held(c));
  table->release({b});
  EXPECT_EQ(woken, std::vector<EnvelopePtr>{two});
  EXPECT_TRUE(table->acquire({a, b, c}, two));
}

TEST_F(ClaimsOfKeys, WhoGivesUpHalfWakesThoseBehindIt) {
  ASSERT_TRUE(table->acquire({c}, one));
  std::thread other{[&] {
    while (!table->held(a)) std::this_thread::yield();
  }};
  ASSERT_TRUE(table->acquire({a}, two));
  other.join();
  EXPECT_FALSE(table->acquire({b, c}, three));
  table->release({a});
  EXPECT_TRUE(woken.empty()) << "three waits for c";
  table->release({c});
  EXPECT_EQ(woken, std::vector<EnvelopePtr>{three});
}

TEST_F(ClaimsOfKeys, AreReleasedOnceByTheirOwner) {
  ASSERT_TRUE(table->acquire({a}, one));
  {
    Claims first{table, {a}};
    Claims second{std::move(first)};
    Claims third;
    third = std::move(second);
    EXPECT_TRUE(table->held(a));
    third.release();
    EXPECT_FALSE(table->held(a));
    ASSERT_TRUE(table->acquire({a}, two));
  }
  EXPECT_TRUE(table->held(a)) << "a spent owner must not release another's claim";
}

TEST_F(ClaimsOfKeys, KeepTheTableAlive) {
  auto own = std::make_shared<ClaimTable>([](const EnvelopePtr&) {});
  ASSERT_TRUE(own->acquire({a}, one));
  Claims claims{own, {a}};
  const std::weak_ptr<ClaimTable> watch = own;
  own.reset();
  EXPECT_FALSE(watch.expired());
  claims.release();
  EXPECT_TRUE(watch.expired());
}

TEST(ClaimsOfManyThreads, OneHolderAtATimeAndNobodyIsForgotten) {
  constexpr int kRounds = 2000;
  std::mutex mutex;
  std::vector<EnvelopePtr> woken;
  const auto table = std::make_shared<ClaimTable>([&](EnvelopePtr mail) {
    const std::lock_guard lock{mutex};
    woken.push_back(std::move(mail));
  });
  const std::vector<std::vector<KeyHash>> wanted{{key_hash("x"), key_hash("y")},
                                                 {key_hash("y"), key_hash("z")},
                                                 {key_hash("z"), key_hash("x")}};
  std::array<std::atomic<int>, 3> holders{};
  std::atomic<int> parked{0};
  std::vector<std::thread> threads;
  for (std::size_t who = 0; who < 3; ++who)
    threads.emplace_back([&, who] {
      for (int i = 0; i < kRounds; ++i) {
        if (!table->acquire(wanted[who], std::make_shared<Envelope>())) {
          ++parked;
          continue;
        }
        const Claims claims{table, wanted[who]};
        EXPECT_EQ(holders[who].fetch_add(1), 0);
        EXPECT_EQ(holders[(who + 1) % 3] + holders[(who + 2) % 3], 0) << "any two share a key";
        holders[who].fetch_sub(1);
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(woken.size(), static_cast<std::size_t>(parked)) << "each parked one is woken once";
}

}  // namespace
}  // namespace gongji::actors::test
