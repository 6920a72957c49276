// What the log says of messages that took long, and of those nobody can say anything about.
#include <gtest/gtest.h>

#include "tests/gateway/kept_log.hpp"
#include "tests/gateway/wire/stories.hpp"

namespace gongji::gateway::wire {
namespace {

using namespace testing;

constexpr std::string_view kTraceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
constexpr const char* kTraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

class SlowMessages : public ::testing::Test {
 protected:
  void settle_sale() {
    const auto record =
        settlement_record(bench.submitted(sale()), 42, civil(10, 15, 30, 548), kSaleDecided);
    bench.reply(Recorded{record, false, nullptr});
  }

  KeptLog kept;
  WireBench bench;
};

TEST_F(SlowMessages, AQuickOneIsNotWorthALine) {
  bench.headers = {{"traceparent", kTraceparent}};
  settle_sale();
  EXPECT_TRUE(kept.lines.empty());
}

TEST_F(SlowMessages, ASlowOneIsToldWithItsTraceItsRecordAndItsHops) {
  bench.headers = {{"Traceparent", kTraceparent}};
  bench.age = std::chrono::seconds{2};
  settle_sale();
  ASSERT_EQ(kept.lines.size(), 1u);
  const KeptLine& line = kept.lines[0];
  EXPECT_EQ(line.event, "message_slow");
  EXPECT_EQ(line.text("trace_id"), kTraceId);
  EXPECT_EQ(line.text("operation"), "2102");
  EXPECT_EQ(line.text("outcome"), "applied");
  EXPECT_EQ(line.text("sequence"), "42");
  EXPECT_EQ(line.text("institution"), kPharmacy);
  EXPECT_GE(line.number("read_ms"), 2000);
  EXPECT_TRUE(line.has("parse_ms"));
  EXPECT_TRUE(line.has("reply_ms"));
}

TEST_F(SlowMessages, WhatTheServiceKnowsOfItsWayIsTold) {
  bench.age = std::chrono::seconds{2};
  const auto record =
      settlement_record(bench.submitted(sale()), 42, civil(10, 15, 30, 548), kSaleDecided);
  const auto now = std::chrono::steady_clock::now();
  bench.service.submitted.back().ticket->passed({now, now + std::chrono::milliseconds{3},
                                                 now + std::chrono::milliseconds{8},
                                                 now + std::chrono::milliseconds{508}});
  bench.reply(Recorded{record, false, nullptr});
  const KeptLine& line = kept.lines.at(0);
  EXPECT_EQ(line.number("route_ms"), 3);
  EXPECT_EQ(line.number("decide_ms"), 5);
  EXPECT_EQ(line.number("commit_ms"), 500);
}

TEST_F(SlowMessages, AnUnknownOutcomeIsToldHoweverQuickItWas) {
  bench.headers = {{"traceparent", kTraceparent}};
  bench.submitted(sale());
  bench.reply(OutcomeUnknown{});
  ASSERT_EQ(kept.lines.size(), 1u);
  EXPECT_EQ(kept.lines[0].event, "message_unknown");
  EXPECT_EQ(kept.lines[0].text("trace_id"), kTraceId);
  EXPECT_FALSE(kept.lines[0].has("sequence"));
}

TEST_F(SlowMessages, AMalformedTraceparentStartsANewTrace) {
  bench.headers = {{"traceparent", "00-310101198503129018-x"}};
  bench.age = std::chrono::seconds{2};
  settle_sale();
  const std::string trace_id = kept.lines.at(0).text("trace_id");
  EXPECT_EQ(trace_id.size(), 32u);
  EXPECT_EQ(trace_id.find("310101198503129018"), std::string::npos);
}

TEST_F(SlowMessages, AFrameHasNoTraceAndGetsANewOne) {
  bench.connection->bound_institution = kPharmacy;
  bench.connection->bound_stamp =
      bench.policies.current()->institutions.find(kPharmacy)->proof_stamp;
  bench.age = std::chrono::seconds{2};
  bench.frame("{");
  EXPECT_EQ(kept.lines.at(0).text("transport"), "tcp");
  EXPECT_EQ(kept.lines.at(0).text("operation"), "other");
  EXPECT_EQ(kept.lines.at(0).text("trace_id").size(), 32u);
}

// Everything in it is a sender's word, and a sender may put anything anywhere.
TEST_F(SlowMessages, NothingASenderWroteIsInTheLine) {
  bench.age = std::chrono::seconds{2};
  bench.post(message("310101198503129018", "310101198503129018", "{}", "310101198503129018"));
  bench.post(sale());
  bench.reply(OutcomeUnknown{});
  ASSERT_EQ(kept.lines.size(), 2u);
  for (const KeptLine& line : kept.lines)
    for (const auto& [name, text] : line.fields)
      for (const std::string_view theirs : {std::string_view{"310101198503129018"}, kPatient})
        EXPECT_EQ(text.find(theirs), std::string::npos) << name;
}

}  // namespace
}  // namespace gongji::gateway::wire
