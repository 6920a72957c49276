#include "loadtest/audit.hpp"

#include <gtest/gtest.h>

#include "loadtest/load_traffic.hpp"
#include "loadtest/worker.hpp"
#include "tests/loadtest/support/fake_gateway.hpp"

namespace gongji::loadtest {
namespace {

const Sender kSender{"P31010100001", "310101", "testrun0"};
constexpr Population kPopulation{3, 0};

// Ten settlements over one connection, audited.
AuditReport audited(FakeGateway& gateway) {
  const Address address = gateway.address();
  const auto accounts = accounts_to_watch(kPopulation, 100);
  const auto before = read_balances(address, "token", kPopulation, accounts);
  EXPECT_TRUE(before.ok());
  Recorder recorder{1, 0};
  LoadTrafficOptions options;
  options.population = kPopulation;
  options.sender = kSender;
  options.audit_sample_max = 100;
  LoadTraffic traffic{options, recorder};
  const auto schedule = make_schedule({.count = 10});
  WorkerOptions worker_options;
  worker_options.address = address;
  Worker worker{worker_options, traffic, *schedule};
  EXPECT_TRUE(worker.connect().ok());
  traffic.start(SteadyClock::now());
  worker.run(traffic.started_at());
  return audit_run({address, Transport::kHttp, address, "token", kSender}, traffic.ledger(),
                   before->balances);
}

TEST(Audit, passes_when_everything_is_as_it_was_answered) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp};
  const AuditReport report = audited(gateway);
  EXPECT_TRUE(report.passed()) << (report.problems.empty() ? "" : report.problems.front());
  EXPECT_EQ(report.settlements_asked, 10u);
  EXPECT_EQ(report.settlements_right, 10u);
  EXPECT_EQ(report.accounts_compared, 3u);
  EXPECT_GT(report.paid_answered, Fen{0});
  EXPECT_EQ(report.paid_answered, report.balance_drop);
}

struct FaultRow {
  const char* name;
  Fault fault;
  std::uint64_t settlements_wrong;
  std::uint64_t accounts_wrong;
};

class AuditFault : public testing::TestWithParam<FaultRow> {};

TEST_P(AuditFault, is_found) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp, GetParam().fault};
  const AuditReport report = audited(gateway);
  EXPECT_FALSE(report.passed());
  EXPECT_FALSE(report.problems.empty());
  EXPECT_EQ(report.settlements_wrong, GetParam().settlements_wrong);
  EXPECT_EQ(report.accounts_wrong, GetParam().accounts_wrong);
}

INSTANTIATE_TEST_SUITE_P(Faults, AuditFault,
                         testing::Values(FaultRow{"forgotten_settlement", Fault::kForgetsOne, 1, 1},
                                         FaultRow{"other_setl_id", Fault::kOtherSetlId, 1, 0},
                                         FaultRow{"one_setl_id_for_two", Fault::kSameSetlIdTwice, 1,
                                                  0},
                                         FaultRow{"one_fen_too_much", Fault::kTakesTooMuch, 0, 1}),
                         [](const auto& row) { return std::string{row.param.name}; });

// Applied, and the answer lost: 2602 tells, and the balances come out.
TEST(Audit, finds_out_what_became_of_messages_without_an_answer) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp, Fault::kClosesOnce};
  const AuditReport report = audited(gateway);
  EXPECT_TRUE(report.passed()) << (report.problems.empty() ? "" : report.problems.front());
  EXPECT_EQ(report.open_asked, 1u);
  EXPECT_EQ(report.open_applied, 1u);
  EXPECT_EQ(report.settlements_asked, 9u);
}

TEST(Audit, asks_again_while_a_message_is_in_flight) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp, Fault::kDecidesLate};
  const AuditReport report = audited(gateway);
  EXPECT_TRUE(report.passed()) << (report.problems.empty() ? "" : report.problems.front());
  EXPECT_EQ(report.open_applied, 1u);
}

TEST(Audit, counts_nothing_for_messages_refused_as_busy) {
  FakeGateway gateway{FakeGateway::Speaks::kHttp, Fault::kBusyOnce};
  const AuditReport report = audited(gateway);
  EXPECT_TRUE(report.passed());
  EXPECT_EQ(report.settlements_asked, 9u);
}

}  // namespace
}  // namespace gongji::loadtest
