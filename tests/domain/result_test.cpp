#include "domain/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace gongji {
namespace {

using Answer = Result<int, std::string>;

TEST(Result, holds_a_value) {
  Answer answer = 7;
  EXPECT_TRUE(answer.ok());
  EXPECT_TRUE(answer);
  EXPECT_EQ(answer.value(), 7);
  *answer = 8;
  EXPECT_EQ(*answer, 8);
}

TEST(Result, or_the_error_in_its_place) {
  const Answer answer = std::string{"no"};
  EXPECT_FALSE(answer.ok());
  EXPECT_EQ(answer.error(), "no");
}

TEST(Result, gives_its_content_away_when_it_is_done) {
  Result<std::unique_ptr<int>, std::string> answer = std::make_unique<int>(9);
  const std::unique_ptr<int> taken = std::move(answer).value();
  EXPECT_EQ(*taken, 9);
  Result<int, std::unique_ptr<int>> refused = std::make_unique<int>(4);
  EXPECT_EQ(*std::move(refused).error(), 4);
}

TEST(Result, keeps_value_and_error_of_one_type_apart) {
  const Status<std::string> done = Done{};
  const Status<std::string> failed = std::string{"full"};
  EXPECT_TRUE(done.ok());
  EXPECT_EQ(failed.error(), "full");
}

TEST(ResultDeathTest, reading_the_side_that_is_not_there_ends_the_process) {
  Answer value = 7;
  Answer error = std::string{"no"};
  EXPECT_DEATH((void)value.error(), "");
  EXPECT_DEATH((void)error.value(), "");
}

}  // namespace
}  // namespace gongji
