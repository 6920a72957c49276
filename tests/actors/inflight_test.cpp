#include "actors/inflight.hpp"

#include <gtest/gtest.h>

namespace gongji::actors {
namespace {

TEST(Inflight, CountsUntilTheTokenGoes) {
  const InflightCount count = std::make_shared<std::atomic<unsigned>>(0);
  {
    const InflightToken first{count};
    const InflightToken second{count};
    EXPECT_EQ(*count, 2u);
  }
  EXPECT_EQ(*count, 0u);
}

TEST(Inflight, AMovedTokenCountsOnce) {
  const InflightCount count = std::make_shared<std::atomic<unsigned>>(0);
  const InflightCount other = std::make_shared<std::atomic<unsigned>>(0);
  InflightToken first{count};
  InflightToken second{std::move(first)};
  EXPECT_EQ(*count, 1u);
  second = InflightToken{other};  // a message that moves to another household
  EXPECT_EQ(*count, 0u);
  EXPECT_EQ(*other, 1u);
  second = {};
  EXPECT_EQ(*other, 0u);
}

TEST(Inflight, TheCountOutlivesItsHousehold) {
  InflightCount count = std::make_shared<std::atomic<unsigned>>(0);
  const std::weak_ptr<std::atomic<unsigned>> watch = count;
  {
    const InflightToken token{count};
    count.reset();
    EXPECT_FALSE(watch.expired());
  }
  EXPECT_TRUE(watch.expired());
}

}  // namespace
}  // namespace gongji::actors
