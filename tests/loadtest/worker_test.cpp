#include "loadtest/worker.hpp"

#include <gtest/gtest.h>

#include <set>

#include "loadtest/envelope.hpp"
#include "loadtest/load_traffic.hpp"
#include "tests/loadtest/support/fake_gateway.hpp"

namespace gongji::loadtest {
namespace {

const Sender kSender{"P31010100001", "310101", "testrun0"};

WorkerOptions options_for(const FakeGateway& gateway, Transport transport, unsigned connections,
                          unsigned depth) {
  WorkerOptions options;
  options.address = gateway.address();
  options.transport = transport;
  options.connections = connections;
  options.depth = depth;
  if (transport == Transport::kTcp) Envelopes{kSender}.append_sign_in(options.sign_in);
  return options;
}

LoadTrafficOptions traffic_options() {
  LoadTrafficOptions options;
  options.population = {10, 0};
  options.sender = kSender;
  options.audit_sample_max = 10'000;
  return options;
}

struct Shape {
  Transport transport;
  unsigned connections, depth;
};

class WorkerTest : public testing::TestWithParam<Shape> {
 protected:
  static FakeGateway::Speaks speaks() {
    return GetParam().transport == Transport::kTcp ? FakeGateway::Speaks::kFrames
                                                   : FakeGateway::Speaks::kHttp;
  }
};

TEST_P(WorkerTest, sends_exactly_the_count_and_gets_every_answer) {
  FakeGateway gateway{speaks()};
  gateway.reverse_answers(GetParam().transport == Transport::kTcp);
  Recorder recorder{1, 0};
  LoadTraffic traffic{traffic_options(), recorder};
  const auto schedule = make_schedule({.count = 500});
  Worker worker{
      options_for(gateway, GetParam().transport, GetParam().connections, GetParam().depth), traffic,
      *schedule};
  ASSERT_TRUE(worker.connect().ok());
  traffic.start(SteadyClock::now());
  const WorkerReport report = worker.run(traffic.started_at());
  traffic.finish(SteadyClock::now());
  recorder.close();
  const Slice total = recorder.total();
  EXPECT_EQ(total.kinds[0].counts.applied, 500u);
  EXPECT_EQ(total.kinds[0].counts.all(), 500u);
  EXPECT_EQ(total.kinds[0].latency.count(), 500u);
  EXPECT_GT(total.bytes_sent, 500u * 500);
  EXPECT_GT(total.bytes_received, 500u * 50);
  EXPECT_EQ(gateway.settlements(), 500u);
  EXPECT_EQ(report.breaks, 0u);
  EXPECT_EQ(traffic.ledger().answered_count(), 500u);
  std::set<std::uint64_t> numbers;
  for (const AnsweredSettlement& settlement : traffic.ledger().sample())
    numbers.insert(settlement.number);
  EXPECT_EQ(numbers.size(), 500u);
}

INSTANTIATE_TEST_SUITE_P(Shapes, WorkerTest,
                         testing::Values(Shape{Transport::kHttp, 1, 1},
                                         Shape{Transport::kHttp, 4, 1},
                                         Shape{Transport::kHttp, 2, 16},
                                         Shape{Transport::kTcp, 1, 1},
                                         Shape{Transport::kTcp, 3, 32}));

TEST(Worker, counts_a_broken_connection_as_unknown_and_goes_on) {
  FakeGateway gateway{FakeGateway::Speaks::kFrames, Fault::kClosesOnce};
  Recorder recorder{1, 0};
  LoadTraffic traffic{traffic_options(), recorder};
  const auto schedule = make_schedule({.count = 20});
  Worker worker{options_for(gateway, Transport::kTcp, 1, 1), traffic, *schedule};
  ASSERT_TRUE(worker.connect().ok());
  traffic.start(SteadyClock::now());
  const WorkerReport report = worker.run(traffic.started_at());
  traffic.finish(SteadyClock::now());
  recorder.close();
  const Counts counts = recorder.total().kinds[0].counts;
  EXPECT_EQ(counts.unknown, 1u);
  EXPECT_EQ(counts.applied, 19u);
  EXPECT_EQ(report.breaks, 1u);
  EXPECT_EQ(traffic.ledger().open().size(), 1u);
}

TEST(Worker, says_where_nobody_listens) {
  Address nowhere;
  {
    FakeGateway gone{FakeGateway::Speaks::kHttp};
    nowhere = gone.address();
  }
  Recorder recorder{1, 0};
  LoadTraffic traffic{traffic_options(), recorder};
  const auto schedule = make_schedule({.count = 1});
  WorkerOptions options;
  options.address = nowhere;
  Worker worker{options, traffic, *schedule};
  const auto connected = worker.connect();
  ASSERT_FALSE(connected.ok());
  EXPECT_NE(connected.error().find(nowhere.text()), std::string::npos) << connected.error();
}

// Remembers when its messages were due.
class DueTimes final : public Traffic {
 public:
  bool next(PendingCall& call, OutgoingMessage& message) override {
    due.push_back(call.scheduled);
    Envelopes{kSender}.append_settlement(message.body, due.size(),
                                         {{PersonRole::kChild, 0}, Fen{100}, {}});
    return true;
  }
  void answered(const PendingCall& call, const IncomingAnswer&, TimePoint now) override {
    EXPECT_GE(now, call.scheduled);
    ++answers;
  }
  void lost(const PendingCall&, TimePoint) override {}

  std::vector<TimePoint> due;
  std::size_t answers = 0;
};

// One message in flight at a time, and yet every message keeps the time it was due at.
TEST(Worker, open_loop_messages_keep_their_due_times_when_there_is_no_room) {
  FakeGateway gateway{FakeGateway::Speaks::kFrames};
  DueTimes traffic;
  const auto schedule = make_schedule({.count = 400, .rate = 100'000});
  Worker worker{options_for(gateway, Transport::kTcp, 1, 1), traffic, *schedule};
  ASSERT_TRUE(worker.connect().ok());
  const TimePoint start = SteadyClock::now();
  worker.run(start);
  ASSERT_EQ(traffic.due.size(), 400u);
  EXPECT_EQ(traffic.answers, 400u);
  for (std::size_t i = 0; i < traffic.due.size(); ++i)
    EXPECT_NEAR(static_cast<double>((traffic.due[i] - start).count()),
                static_cast<double>(i + 1) * 10'000, 1);
}

// Far more is due than can be answered: what found no room is counted, what was sent is waited for.
TEST(Worker, gives_up_what_found_no_room_and_loses_nothing_it_sent) {
  FakeGateway gateway{FakeGateway::Speaks::kFrames};
  Recorder recorder{1, 0};
  LoadTraffic traffic{traffic_options(), recorder};
  const ScheduleOptions overload{.duration = std::chrono::milliseconds{100}, .rate = 10'000'000};
  const auto schedule = make_schedule(overload);
  WorkerOptions options = options_for(gateway, Transport::kTcp, 1, 4);
  options.duration = overload.duration;
  options.grace_ms = std::chrono::milliseconds{50};
  Worker worker{options, traffic, *schedule};
  ASSERT_TRUE(worker.connect().ok());
  traffic.start(SteadyClock::now());
  const WorkerReport report = worker.run(traffic.started_at());
  traffic.finish(SteadyClock::now());
  recorder.close();
  const Counts counts = recorder.total().kinds[0].counts;
  EXPECT_EQ(counts.unknown, 0u);
  EXPECT_EQ(counts.applied, gateway.settlements());
  EXPECT_NEAR(static_cast<double>(counts.applied + report.unsent), 1e6, 1);
}

}  // namespace
}  // namespace gongji::loadtest
