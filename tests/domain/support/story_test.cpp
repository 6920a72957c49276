// The stories prove the rules, so here the stories are proved: what is told wrongly is found.
#include "tests/domain/support/story.hpp"

#include <gtest/gtest.h>

#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

constexpr const char* kFamily = R"(
  Shanghai
  person father employee carryover 80.00
  person child resident
  form father modes PAY with child CHILD
)";

std::vector<std::string> complaints_about(const std::string& steps) {
  Story story;
  return story.tell(read_steps(kFamily + steps));
}

TEST(Story, a_true_story_has_no_complaints) {
  EXPECT_TRUE(complaints_about("bill child 100.00 | 0 / 80.00 / 20.00\n"
                               "carryover father 0\n"
                               "member child father\n"
                               "bill child 1 | 0 / 0 / 1 E_FUND_EMPTY next=NONE")
                  .empty());
}

TEST(Story, every_kind_of_falsehood_is_found) {
  const char* kFalse[] = {"bill child 100.00 | 0 / 80.00 / 20.01",
                          "bill child 100.00 | 0 / 80.00",
                          "bill child 100.00 | 0 / 80.00 / 20.00 E_FUND_EMPTY",
                          "bill child 100.00 | 0 / 80.00 / 20.00 deductible=no",
                          "bill child 100.00",
                          "bill child 100.00 | E_NO_NETWORK",
                          "carryover father 80.01",
                          "current father 0.01",
                          "account child 1",
                          "available child 79.99",
                          "quota child 1",
                          "network father gone",
                          "member child nobody",
                          "form father with child CHILD",
                          "disband child",
                          "cancel child | back 0 / 0 / 0"};
  for (const char* step : kFalse) EXPECT_EQ(complaints_about(step).size(), 1U) << step;
}

TEST(Story, what_cannot_be_read_is_found) {
  const char* kUnreadable[] = {"pays child 100.00",
                               "bill child hundred | 0 / 80.00 / 20.00",
                               "bill child 100.0 | 0 / 80.00 / 20.00",
                               "bill child 100.00 somewhere | 0 / 80.00 / 20.00",
                               "bill stranger 100.00 | 0 / 80.00 / 20.00",
                               "person wu farmer",
                               "bind father child COUSIN",
                               "rule colour green",
                               "rule member_may_leave maybe",
                               "on 2026-02-30",
                               "settle unknown | 0 / 0 / 0",
                               "disband father now"};
  for (const char* step : kUnreadable) EXPECT_EQ(complaints_about(step).size(), 1U) << step;
}

TEST(Story, the_clock_is_civil_time) {
  EXPECT_EQ(civil("2025-12-31 00:00"), start_of(day("2025-12-31")));
  EXPECT_EQ(to_civil_text(civil("2025-12-30 23:59:59")), "2025-12-30 23:59:59");
  EXPECT_THROW(civil("2025-12-30 23.59"), std::invalid_argument);
  EXPECT_EQ(yuan("12"), Fen{1200});
  EXPECT_EQ(yuan("0.07"), Fen{7});
  for (const char* bad : {"", ".50", "1.5", "-1.00", "1,00", "1.000"})
    EXPECT_THROW(yuan(bad), std::invalid_argument) << bad;
}

TEST(StoryReader, splits_steps_and_expectations) {
  const auto steps =
      read_steps("\n# a remark\n  bill kid 5 pharmacy  | 0 / 5 / 0 E_X\n\nmember a b");
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].line, 3U);
  EXPECT_EQ(steps[0].words, (std::vector<std::string>{"bill", "kid", "5", "pharmacy"}));
  EXPECT_EQ(steps[0].expected, (std::vector<std::string>{"0.00", "5.00", "0.00", "E_X"}));
  EXPECT_TRUE(steps[1].expected.empty());
}

TEST(StoryReader, reads_examples_by_their_headings) {
  const auto examples =
      read_examples("== W08 First come [SH-23, GX-05]\nbill a 1 | ok\n== W09 Then [SH-1]");
  ASSERT_EQ(examples.size(), 3U);
  EXPECT_EQ(examples[1].name, "W08");
  EXPECT_EQ(examples[1].title, "First come");
  EXPECT_EQ(examples[1].rules, (std::vector<std::string>{"SH-23", "GX-05"}));
  EXPECT_EQ(examples[1].steps.size(), 1U);
  EXPECT_EQ(examples[2].name, "W09");
  for (const char* bad : {"== W08 no rules", "== W08", "== [SH-1]", "bill a 1 |", "| ok"})
    EXPECT_THROW((void)read_examples(bad), BadStep) << bad;
}

}  // namespace
}  // namespace gongji::test
