#include "loadtest/run.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

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

// With no time at all allowed, every answer met a stall; with a minute, none did.
TEST_F(RunTest, tells_apart_what_met_a_stall_of_the_disk) {
  for (const auto stall_ms : {std::chrono::milliseconds{0}, std::chrono::milliseconds{60'000}}) {
    FakeGateway gateway{FakeGateway::Speaks::kHttp};
    LoadOptions wanted = options(gateway);
    wanted.disk = std::filesystem::temp_directory_path().string();
    wanted.stall_ms = stall_ms;
    ASSERT_TRUE(complete_options(wanted).ok());
    const auto result = run_load(wanted);
    ASSERT_TRUE(result.ok()) << result.error();
    ASSERT_TRUE(result->disk);
    EXPECT_GT(result->disk->sync.count(), 0u);
    const std::uint64_t calm = result->total.calm_latency.count();
    if (stall_ms.count() == 0)
      EXPECT_LT(calm, 200u);
    else
      EXPECT_EQ(calm, 200u);
  }
}

TEST_F(RunTest, does_not_begin_when_the_disk_cannot_be_watched) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp};
  LoadOptions wanted = options(gateway);
  wanted.disk = "/no/such/folder";
  ASSERT_TRUE(complete_options(wanted).ok());
  const auto result = run_load(wanted);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().find("/no/such/folder"), std::string::npos) << result.error();
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

// One row a fault that a deadline day must see, and one without.
TEST_F(RunTest, audits_the_premiums_of_a_deadline_day) {
  struct Row {
    Fault fault;
    bool passes;
  };
  for (const Row& row :
       {Row{Fault::kNone, true}, Row{Fault::kClosesOnPremium, true},
        Row{Fault::kForgetsPremium, false}, Row{Fault::kOverchargesPremium, false}}) {
    FakeGateway gateway{FakeGateway::Speaks::kHttp, row.fault};
    LoadOptions wanted = options(gateway);
    wanted.profile = ProfileName::kDeadlineDay;
    wanted.families = 40;
    wanted.count = 90;
    wanted.audit = true;
    ASSERT_TRUE(complete_options(wanted).ok());
    const auto result = run_load(wanted);
    ASSERT_TRUE(result.ok()) << result.error();
    const Counts& premiums = result->kind(CallKind::kPremium).counts;
    EXPECT_EQ(premiums.all(), 30u);
    EXPECT_EQ(result->settled() + premiums.applied + result->counts().unknown, 90u);
    EXPECT_EQ(result->passed(), row.passes) << static_cast<int>(row.fault);
    EXPECT_GE(result->audit->premiums_asked, 26u);
    EXPECT_EQ(result->audit->open_applied > 0, row.fault == Fault::kClosesOnPremium);
  }
}

TEST_F(RunTest, rolls_all_accounts_beside_the_load_on_the_first_of_july) {
  struct Row {
    Fault fault;
    bool passes;
  };
  for (const Row& row :
       {Row{Fault::kNone, true}, Row{Fault::kRollStops, false}, Row{Fault::kRollRefusesOne, false},
        Row{Fault::kRollForgetsOne, false}, Row{Fault::kTakesTooMuch, false}}) {
    FakeGateway gateway{FakeGateway::Speaks::kHttp, row.fault};
    LoadOptions wanted = options(gateway);
    wanted.profile = ProfileName::kJulyFirst;
    wanted.audit = true;
    ASSERT_TRUE(complete_options(wanted).ok());
    const auto result = run_load(wanted);
    ASSERT_TRUE(result.ok()) << result.error();
    EXPECT_EQ(result->settled(), 200u);
    ASSERT_TRUE(result->roll);
    EXPECT_EQ(result->roll->accounts_done, 100u);
    EXPECT_EQ(result->roll->samples.size(), 2u);
    EXPECT_EQ(result->passed(), row.passes) << static_cast<int>(row.fault);
  }
}

TEST_F(RunTest, a_roll_that_does_not_end_fails_the_run) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp};
  LoadOptions wanted = options(gateway);
  wanted.profile = ProfileName::kJulyFirst;
  wanted.roll_wait_s = std::chrono::seconds{0};
  wanted.roll_after_s = std::chrono::seconds{3600};
  ASSERT_TRUE(complete_options(wanted).ok());
  const auto result = run_load(wanted);
  ASSERT_TRUE(result.ok()) << result.error();
  EXPECT_FALSE(result->passed());
  EXPECT_NE(result->roll->problem, "");
}

TEST_F(RunTest, a_soak_audits_every_interval_and_ends_at_the_first_that_fails) {
  for (const bool right : {true, false}) {
    FakeGateway gateway{FakeGateway::Speaks::kHttp, right ? Fault::kNone : Fault::kForgetsOne};
    LoadOptions wanted = options(gateway);
    wanted.profile = ProfileName::kSoak;
    wanted.count = 0;
    wanted.rate = 60;
    wanted.duration_s = std::chrono::seconds{2};
    wanted.interval_s = std::chrono::seconds{1};
    wanted.server_pid = getpid();
    wanted.growth_max_mb = 1e6;
    ASSERT_TRUE(complete_options(wanted).ok());
    const auto result = run_load(wanted);
    ASSERT_TRUE(result.ok()) << result.error();
    ASSERT_EQ(result->intervals.size(), right ? 2u : 1u);
    EXPECT_EQ(result->passed(), right);
    EXPECT_EQ(result->intervals.back().audit_passed, right);
    EXPECT_GT(result->intervals.front().resident_mb.value_or(0), 1);
    EXPECT_EQ(result->audit->settlements_asked, result->settled());
    EXPECT_GE(result->counts().all(), right ? 110u : 50u);
  }
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
