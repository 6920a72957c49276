#include "monitoring/waiting.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace gongji::monitoring {
namespace {

using namespace std::chrono_literals;

TEST(Waiting, the_oldest_that_is_not_answered_counts_whichever_thread_answers) {
  const auto one = std::make_unique<ThreadCounts>();
  const auto other = std::make_unique<ThreadCounts>();
  const std::vector<ThreadCounts*> blocks{one.get(), other.get()};
  const std::chrono::steady_clock::time_point now{100'000s};
  EXPECT_EQ(oldest_waiting_s(blocks, now), 0);
  one->waiting[waiting_slot(now - 9s)].add(1);
  one->waiting[waiting_slot(now - 4s)].add(2);
  EXPECT_EQ(oldest_waiting_s(blocks, now), 9);
  other->waiting[waiting_slot(now - 9s)].add(static_cast<std::uint64_t>(-1));
  EXPECT_EQ(oldest_waiting_s(blocks, now), 4);
  EXPECT_EQ(oldest_waiting_s(blocks, now + 200s), 204);
}

}  // namespace
}  // namespace gongji::monitoring
