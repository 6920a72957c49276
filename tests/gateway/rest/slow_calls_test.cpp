// What the log says of calls of /v1 whose outcome nobody can say; slow ones: message_log_test.cpp.
#include <gtest/gtest.h>

#include "tests/gateway/kept_log.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

TEST(SlowCalls, AWriteOfUnknownOutcomeIsToldWithItsRouteAndTrace) {
  KeptLog kept;
  RestBench bench;
  bench.send("PUT", "/v1/networks/310101198503129018/modes",
             with(keyed(kAgency), "traceparent",
                  "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
             R"({"modes":["PAY","PREMIUM"]})");
  const auto now = std::chrono::steady_clock::now();
  bench.service.submitted.at(0).ticket->passed({now, now + std::chrono::milliseconds{3}, {}, {}});
  bench.reply(0, OutcomeUnknown{});
  ASSERT_EQ(kept.lines.size(), 1u);
  const KeptLine& line = kept.lines[0];
  EXPECT_EQ(line.event, "message_unknown");
  EXPECT_EQ(line.text("operation"), "PUT /v1/networks/{organizer}/modes");
  EXPECT_EQ(line.text("status"), "500");
  EXPECT_EQ(line.text("trace_id"), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(line.number("route_ms"), 3);
}

TEST(SlowCalls, AnAnsweredOneIsNotWorthALine) {
  KeptLog kept;
  RestBench bench;
  bench.send("PUT", "/v1/networks/31/modes", keyed(kAgency), R"({"modes":["PAY"]})");
  bench.refuse({Reason::kForbidden, "", {}, {}});
  EXPECT_TRUE(kept.lines.empty());
}

}  // namespace
}  // namespace gongji::gateway::rest
