#include <gtest/gtest.h>

#include <deque>

#include "app/gongjictl/command_line.hpp"
#include "tests/app/gongjictl/support/ops_listener.hpp"

namespace gongji::ctl {
namespace {

// A gateway that answers one thing after the other and remembers what it was asked.
struct RollingGateway {
  explicit RollingGateway(std::deque<OpsListener::Answer> told)
      : answers(std::move(told)), listener([this](const std::string& target) {
          asked.push_back(target);
          OpsListener::Answer next = answers.front();
          if (answers.size() > 1) answers.pop_front();
          return next;
        }) {}

  std::deque<OpsListener::Answer> answers;
  std::vector<std::string> asked = {};
  OpsListener listener;  // last: its thread uses the others
};

int run(const RollingGateway& gateway, std::vector<std::string> arguments) {
  std::vector<std::string> all{"gongjictl", "--url", gateway.listener.url(), "roll"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& argument : all) pointers.push_back(argument.data());
  return run_command_line(static_cast<int>(pointers.size()), pointers.data());
}

const char* kRunning =
    R"({"year":2027,"accounts_total":9,"accounts_done":4,"running":true,"complete":false})";
const char* kComplete =
    R"({"year":2027,"accounts_total":9,"accounts_done":9,"running":false,"complete":true})";
const char* kRefused =
    R"({"year":2027,"accounts_done":9,"accounts_refused":1,"running":false,"complete":true})";

TEST(RollCommand, starts_the_roll_and_watches_it_to_its_end) {
  RollingGateway gateway{{{202, kRunning}, {200, kComplete}}};
  EXPECT_EQ(run(gateway, {"--year", "2027"}), 0);
  EXPECT_EQ(gateway.asked,
            (std::vector<std::string>{"/v1/accounts/roll", "/v1/accounts/roll?year=2027"}));
}

TEST(RollCommand, fails_when_an_account_was_refused) {
  RollingGateway gateway{{{202, kRefused}}};
  EXPECT_EQ(run(gateway, {"--year", "2027"}), 1);
}

TEST(RollCommand, fails_when_the_gateway_refuses) {
  RollingGateway gateway{{{401, R"({"code":"E_UNAUTHENTICATED"})"}}};
  EXPECT_EQ(run(gateway, {"--year", "2027"}), 1);
}

TEST(RollCommand, rolls_one_account) {
  RollingGateway gateway{
      {{201, R"({"psn_no":"A","status":"rolled","moved":"310.00","interest":"1.00"})"}}};
  EXPECT_EQ(run(gateway, {"--year", "2027", "--psn-no", "A", "--interest", "1.00"}), 0);
  EXPECT_EQ(gateway.asked.size(), 1u);
}

TEST(RollCommand, asks_for_a_year) {
  RollingGateway gateway{{{202, kComplete}}};
  EXPECT_EQ(run(gateway, {}), 2);
  EXPECT_EQ(run(gateway, {"--year", "27"}), 2);
  EXPECT_EQ(run(gateway, {"--year", "2027", "--interest", "1.00"}), 2);
  EXPECT_TRUE(gateway.asked.empty());
}

}  // namespace
}  // namespace gongji::ctl
