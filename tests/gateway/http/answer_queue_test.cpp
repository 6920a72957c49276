#include "gateway/http/answer_queue.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/gateway/test_gateway.hpp"

namespace gongji::gateway {
namespace {

Answer saying(std::string body) {
  Answer answer;
  answer.body = std::move(body);
  return answer;
}

struct AnswerQueueTest : ::testing::Test {
  testing::CountingMetrics metrics;
  AnswerQueue queue{metrics};
  std::string output;
};

TEST_F(AnswerQueueTest, WaitsForTheFirst) {
  const auto first = queue.push({});
  const auto second = queue.push({});
  queue.fulfil(second, saying("second"), {});
  EXPECT_EQ(queue.put_out(output, false).messages, 0U);
  EXPECT_TRUE(output.empty());
  queue.fulfil(first, saying("first"), {});
  EXPECT_EQ(queue.put_out(output, false).messages, 2U);
  EXPECT_LT(output.find("first"), output.find("second"));
  EXPECT_EQ(queue.find(first), nullptr);
}

TEST_F(AnswerQueueTest, PutsAnInterimAnswerInItsPlace) {
  const auto first = queue.push({});
  queue.push_interim();
  EXPECT_EQ(queue.put_out(output, false).messages, 0U);
  queue.fulfil(first, saying("first"), {});
  EXPECT_EQ(queue.put_out(output, false).messages, 2U);
  EXPECT_TRUE(output.ends_with("firstHTTP/1.1 100 Continue\r\n\r\n"));
  EXPECT_EQ(metrics.with_status(200), 1);
}

TEST_F(AnswerQueueTest, NothingFollowsAnAnswerThatCloses) {
  const auto first = queue.push({nullptr, true, false});
  const auto second = queue.push({});
  queue.fulfil(second, saying("second"), {});
  queue.fulfil(first, saying("first"), {});
  const auto done = queue.put_out(output, false);
  EXPECT_TRUE(done.ended);
  EXPECT_EQ(done.messages, 1U);
  EXPECT_EQ(done.dropped, 1U);
  EXPECT_EQ(output.find("second"), std::string::npos);
  queue.fulfil(second, saying("second"), {});
  EXPECT_EQ(queue.put_out(output, false).messages, 0U);
}

TEST_F(AnswerQueueTest, WhileDrainingOnlyTheLastOneCloses) {
  const auto first = queue.push({});
  const auto second = queue.push({});
  queue.fulfil(first, saying("first"), {});
  EXPECT_FALSE(queue.put_out(output, true).ended);
  EXPECT_EQ(output.find("Connection: close"), std::string::npos);
  queue.fulfil(second, saying("second"), {});
  EXPECT_TRUE(queue.put_out(output, true).ended);
  EXPECT_NE(output.find("Connection: close"), std::string::npos);
}

RC_GTEST_PROP(AnswerQueue, OrderIsThatOfTheRequestsInAnyOrderOfAnswers, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(0, 30);
  std::vector<std::size_t> arrival(count);
  for (std::size_t i = 0; i < count; ++i) arrival[i] = i;
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(arrival[i], arrival[*rc::gen::inRange<std::size_t>(i, count)]);
  }
  NoMetrics metrics;
  AnswerQueue queue(metrics);
  std::vector<std::uint64_t> numbers(count);
  for (auto& number : numbers) number = queue.push({});
  std::string output;
  unsigned messages = 0;
  for (const std::size_t index : arrival) {
    queue.fulfil(numbers[index], saying("<" + std::to_string(index) + ">"), {});
    messages += queue.put_out(output, false).messages;
  }
  RC_ASSERT(messages == count);
  std::size_t position = 0;
  for (std::size_t i = 0; i < count; ++i) {
    position = output.find("<" + std::to_string(i) + ">", position);
    RC_ASSERT(position != std::string::npos);
  }
}

}  // namespace
}  // namespace gongji::gateway
