#include "loadtest/run.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/loadtest/support/fake_gateway.hpp"

namespace gongji::loadtest {
namespace {

class RunTest : public testing::Test {
 protected:
  void SetUp() override {
    token_file_ = std::filesystem::temp_directory_path() /
                  ("gongji-load-token-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    std::ofstream{token_file_} << "agency-token\n";
  }
  void TearDown() override { std::filesystem::remove(token_file_); }

  LoadOptions options(const FakeGateway& gateway) const {
    LoadOptions options;
    options.http = gateway.address();
    options.connections = 4;
    options.families = 5;
    options.count = 200;
    options.token_file = token_file_.string();
    return options;
  }

  std::filesystem::path token_file_;
};

TEST_F(RunTest, adds_several_threads_up_and_audits_them_together) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp};
  LoadOptions wanted = options(gateway);
  wanted.threads = 2;
  wanted.audit = true;
  ASSERT_TRUE(complete_options(wanted).ok());
  const auto result = run_load(wanted);
  ASSERT_TRUE(result.ok()) << result.error();
  EXPECT_EQ(result->settled(), 200u);
  EXPECT_GT(result->seconds, 0);
  ASSERT_TRUE(result->audit);
  EXPECT_TRUE(result->audit->passed());
  EXPECT_EQ(result->audit->settlements_right, 200u);
}

TEST_F(RunTest, reports_a_failed_audit) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp, Fault::kForgetsOne};
  LoadOptions wanted = options(gateway);
  wanted.audit = true;
  ASSERT_TRUE(complete_options(wanted).ok());
  const auto result = run_load(wanted);
  ASSERT_TRUE(result.ok()) << result.error();
  ASSERT_TRUE(result->audit);
  EXPECT_FALSE(result->audit->passed());
}

TEST_F(RunTest, plays_the_nation_in_three_kinds_of_messages) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp};
  LoadOptions wanted = options(gateway);
  wanted.profile = ProfileName::kNation;
  wanted.count = 300;
  ASSERT_TRUE(complete_options(wanted).ok());
  const auto result = run_load(wanted);
  ASSERT_TRUE(result.ok()) << result.error();
  for (const CallKind kind : {CallKind::kSettle, CallKind::kQuote, CallKind::kPersonQuery})
    EXPECT_EQ(result->kind(kind).counts.applied, 100u) << to_text(kind);
}

TEST_F(RunTest, names_a_token_file_it_cannot_read) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp};
  LoadOptions wanted = options(gateway);
  wanted.audit = true;
  wanted.token_file = "/nowhere/token";
  ASSERT_TRUE(complete_options(wanted).ok());
  const auto result = run_load(wanted);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().find("/nowhere/token"), std::string::npos);
}

}  // namespace
}  // namespace gongji::loadtest
