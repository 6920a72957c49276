#include "app/gongjictl/roll_run.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace gongji::ctl {
namespace {

RollState at(std::uint64_t done, bool running, bool complete = false, std::uint64_t refused = 0) {
  return {2027, 1000, done, done - refused, 0, refused, running, complete};
}

// Answers one after the other; an empty sentence is no failure.
struct Gateway {
  std::deque<Result<RollState, std::string>> answers;
  int pauses_left = 100;
  std::vector<std::uint64_t> shown = {};

  RollHooks hooks() {
    return {[this] {
              auto next = answers.front();
              if (answers.size() > 1) answers.pop_front();
              return next;
            },
            [this] { return pauses_left-- > 0; },
            [this](const RollState& state) { shown.push_back(state.done); }};
  }
};

TEST(WatchRoll, goes_on_until_the_roll_is_complete) {
  Gateway gateway{{at(400, true), at(1000, false, true)}};
  const RollEnd end = watch_roll(at(0, true), gateway.hooks());
  EXPECT_TRUE(end.good());
  EXPECT_EQ(gateway.shown, (std::vector<std::uint64_t>{0, 400}));
  EXPECT_NE(roll_text(end).find("year 2027: 1,000 accounts looked at"), std::string::npos);
  EXPECT_NE(roll_text(end).find("All accounts are rolled."), std::string::npos);
}

TEST(WatchRoll, is_over_at_once_when_the_roll_was_complete_before) {
  Gateway gateway{{std::string{"not asked"}}};
  EXPECT_TRUE(watch_roll(at(1000, false, true), gateway.hooks()).good());
  EXPECT_TRUE(gateway.shown.empty());
}

TEST(WatchRoll, leaves_the_roll_running_when_the_operator_goes) {
  Gateway gateway{{at(400, true)}, 1};
  const RollEnd end = watch_roll(at(0, true), gateway.hooks());
  EXPECT_TRUE(end.interrupted);
  EXPECT_FALSE(end.good());
  EXPECT_NE(roll_text(end).find("goes on rolling"), std::string::npos) << roll_text(end);
  EXPECT_NE(roll_text(end).find("gongjictl roll --year 2027"), std::string::npos);
}

TEST(WatchRoll, asks_a_silent_gateway_a_few_times_and_then_says_so) {
  Gateway busy{{std::string{"busy"}, std::string{"busy"}, at(1000, false, true)}};
  EXPECT_TRUE(watch_roll(at(0, true), busy.hooks()).good());
  Gateway gone{{std::string{"connection refused"}}};
  const RollEnd end = watch_roll(at(7, true), gone.hooks());
  EXPECT_FALSE(end.good());
  EXPECT_EQ(end.last.done, 7u);
  EXPECT_NE(roll_text(end).find("connection refused"), std::string::npos);
  EXPECT_NE(roll_text(end).find("No account is rolled twice"), std::string::npos);
}

TEST(WatchRoll, is_not_good_when_accounts_were_refused_or_left_out) {
  Gateway refused{{at(1000, false, true, 3)}};
  const RollEnd some = watch_roll(at(0, true), refused.hooks());
  EXPECT_FALSE(some.good());
  EXPECT_NE(roll_text(some).find("3 refused"), std::string::npos) << roll_text(some);
  Gateway broken{{at(500, false, false)}};
  const RollEnd half = watch_roll(at(0, true), broken.hooks());
  EXPECT_FALSE(half.good());
  EXPECT_NE(roll_text(half).find("broke off"), std::string::npos) << roll_text(half);
}

TEST(ParseRollState, reads_the_gateways_answer) {
  const auto state = parse_roll_state(
      202,
      R"({"year":2027,"accounts_total":12,"accounts_done":10,"accounts_rolled":7,"accounts_skipped":2,)"
      R"("accounts_refused":1,"running":true,"complete":false})");
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->year, 2027);
  EXPECT_EQ(state->total, 12u);
  EXPECT_EQ(state->done, 10u);
  EXPECT_EQ(state->rolled, 7u);
  EXPECT_EQ(state->skipped, 2u);
  EXPECT_EQ(state->refused, 1u);
  EXPECT_TRUE(state->running);
  EXPECT_FALSE(state->complete);
}

TEST(ParseRollState, turns_an_error_answer_into_words) {
  const auto unauthorised = parse_roll_state(401, R"({"code":"E_UNAUTHENTICATED"})");
  ASSERT_FALSE(unauthorised.ok());
  EXPECT_NE(unauthorised.error().find("--token-file"), std::string::npos);
  EXPECT_FALSE(parse_roll_state(200, "<html>").ok());
}

}  // namespace
}  // namespace gongji::ctl
