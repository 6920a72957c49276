#include "gateway/rest/feed_handlers.hpp"

#include <gtest/gtest.h>

#include "gateway/rest/event_view.hpp"
#include "tests/gateway/rest/records_kit.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

TEST(Events, AreRecordsInOrderWithACursorToGoOnFrom) {
  RestBench bench;
  bench.records.add(settlement(1));
  bench.records.add(
      record_at(2, DisbandCommand{PersonId{"31"}}, Refusal{Reason::kNoNetwork, "", {}, {}}));
  bench.send("GET", "/v1/events?after=0&wait=5", kAuditor);
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_EQ(bench.records.asked_wait, std::chrono::seconds{5});
  EXPECT_TRUE(bench.says(R"({"seq":1,"type":"settled","at":"2026-11-22T10:15:30.512+08:00",)"
                         R"("setl_id":")" +
                         setl_id(1) + "\""))
      << bench.answer().body;
  EXPECT_TRUE(bench.says(R"({"psn_no":"31","bucket":"carryover","amount":"-100.00",)"
                         R"("link_id":"1048577"})"));
  EXPECT_TRUE(bench.says(R"("type":"refused")"));
  EXPECT_TRUE(bench.says(R"("code":"E_NO_NETWORK")"));
  EXPECT_TRUE(bench.says(R"("next_cursor":"2"})"));
  bench.send("GET", "/v1/events?after=2", kAuditor);
  EXPECT_EQ(bench.answer().body, R"({"items":[],"next_cursor":"2"})");
}

TEST(Events, ComeAsAStreamThatAsksToBeOpenedAgain) {
  RestBench bench;
  for (std::uint64_t i = 1; i <= 3; ++i) bench.records.add(settlement(i));
  const Headers stream = with(kAgency, "Accept", "text/event-stream");
  bench.send("GET", "/v1/events?after=0", with(stream, "Last-Event-ID", "2"));
  EXPECT_EQ(bench.answer().content_type, "text/event-stream;charset=utf-8");
  EXPECT_EQ(bench.records.asked_after, Sequence{2});
  EXPECT_GT(bench.records.asked_wait.count(), 0);
  EXPECT_TRUE(bench.answer().body.starts_with("retry: 1000\n\nid: 3\nevent: settled\ndata: {"));
  EXPECT_TRUE(bench.answer().body.ends_with("}\n\n"));
  bench.send("GET", "/v1/events", with(stream, "Last-Event-ID", "3"));
  EXPECT_EQ(bench.answer().body, "retry: 1000\n\n: nothing new\n\n");
}

TEST(Events, WrongPlacesAreNamed) {
  struct Row {
    const char* target;
    Headers headers;
    const char* parameter;
  };
  const Row kRows[] = {
      {"/v1/events?after=x", kAgency, "after"},
      {"/v1/events?wait=31", kAgency, "wait"},
      {"/v1/events?limit=0", kAgency, "limit"},
      {"/v1/events?limit=1001", kAgency, "limit"},
      {"/v1/events", with(with(kAgency, "Accept", "text/event-stream"), "Last-Event-ID", "last"),
       "Last-Event-ID"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send("GET", row.target, row.headers);
    EXPECT_EQ(bench.answer().http_status, 400u) << row.target;
    EXPECT_TRUE(bench.says(R"("parameter":")" + std::string{row.parameter} + '"'));
  }
}

// Every kind of event has a name of its own.
TEST(Events, HaveNames) {
  EXPECT_EQ(name_of(Event{YearRolled{}}), "year_rolled");
  EXPECT_EQ(type_of(*record_at(1, DisbandCommand{}, Events{})), "unchanged");
  EXPECT_EQ(type_of(*record_at(1, ViewAccountCommand{}, Events{})), "account_viewed");
  EXPECT_EQ(type_of(*record_at(1, RecordVisitCommand{}, Events{})), "visit_recorded");
  const auto first = settlement(1);
  Events pair = std::get<Events>(reversal(2, *first)->outcome);
  pair.emplace_back(*first->event<Settled>());
  EXPECT_EQ(type_of(*record_at(3, PartialRefundCommand{}, pair)), "partially_refunded");
}

// An outside party's answer names the order it is about.
TEST(Events, NameTheRecordsTheySpeakOf) {
  RestBench bench;
  const auto order = contribution(1, ContributionStatus::kPaid);
  bench.records.add(order);
  const auto refusal = insurer_refusal(2, *order);
  auto& reversed = std::get<ContributionReversed>(std::get<Events>(refusal->outcome)[0]);
  reversed.suspense = std::exchange(reversed.returned, {});
  bench.records.add(refusal);
  bench.send("GET", "/v1/events?after=1", kAuditor);
  EXPECT_TRUE(bench.says(R"("contribution_id":")" + contribution_name(1))) << bench.answer().body;
  bench.send("GET", "/v1/suspense", kAuditor);
  EXPECT_TRUE(bench.says(R"("contribution_id":")" + contribution_name(1))) << bench.answer().body;
  bench.send("GET", "/v1/reviews?psn_no=32&limit=1", kAuditor);
  EXPECT_TRUE(bench.says(R"("contribution_id":")" + contribution_name(1))) << bench.answer().body;
}

TEST(Suspense, IsListedByOwner) {
  RestBench bench;
  const auto first = settlement(1);
  bench.records.add(first);
  bench.records.add(reversal(2, *first, true));
  bench.records.add(settlement(3));
  bench.send("GET", "/v1/suspense", kAgency);
  EXPECT_EQ(bench.answer().body,
            R"({"items":[{"seq":2,"at":"2026-11-22T10:15:30.512+08:00","psn_no":"31",)"
            R"("amount":"100.00","setl_id":")" +
                setl_id(2) + R"(","original_setl_id":")" + setl_id(1) +
                R"(","original_seq":1}],"next_cursor":null})");
}

TEST(Reviews, MarkASettlementOrALink) {
  RestBench bench;
  bench.records.add(settlement(42));
  bench.send("POST", "/v1/reviews", keyed(kAgency),
             R"({"setl_id":")" + setl_id(42) + R"(","note":"疑似冒名"})");
  const auto& of_settlement = bench.command<ReviewCommand>();
  EXPECT_EQ(of_settlement.review.settlement, Sequence{42});
  EXPECT_EQ(of_settlement.review.person, PersonId{"32"});
  EXPECT_TRUE(of_settlement.under_review);
  const auto record = bench.apply({ReviewMarked{of_settlement.review, true}});
  EXPECT_EQ(bench.answer().http_status, 201u);
  EXPECT_TRUE(bench.says(R"("setl_id":")" + setl_id(42)));
  bench.send("POST", "/v1/reviews", keyed(kAgency, "k2"),
             R"({"link_id":"1048577","psn_no":"32","under_review":false})");
  const auto& of_link = bench.command<ReviewCommand>(1);
  EXPECT_EQ(of_link.review.link, LinkId{1048577});
  EXPECT_FALSE(of_link.under_review);
  bench.apply({ReviewMarked{of_link.review, false}});
  bench.records.add(record);
  bench.send("GET", "/v1/reviews", kAuditor);
  EXPECT_TRUE(bench.says("疑似冒名")) << bench.answer().body;
}

TEST(Reviews, SpeakOfOneThing) {
  struct Row {
    std::string body;
    unsigned status;
  };
  const Row kRows[] = {
      {"{}", 400},
      {R"({"setl_id":"S1","link_id":"1","psn_no":"32"})", 400},
      {R"({"link_id":"1"})", 400},
      {R"({"link_id":"x","psn_no":"32"})", 400},
      {R"({"setl_id":")" + setl_id(9) + R"("})", 404},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send("POST", "/v1/reviews", keyed(kAgency), row.body);
    EXPECT_EQ(bench.answer().http_status, row.status) << row.body;
    EXPECT_TRUE(bench.service.submitted.empty());
  }
}

TEST(Reviews, ExportAHouseholdForTheAudit) {
  RestBench bench;
  bench.records.add(settlement(1));
  bench.records.add(settlement(2, "33"));
  bench.send("GET", "/v1/reviews?psn_no=32", kAuditor);
  EXPECT_TRUE(bench.says(setl_id(1)));
  EXPECT_TRUE(bench.says(setl_id(2)));  // the auditor recomputes the household, not the person
  EXPECT_TRUE(bench.says(R"("balances":[{"psn_no":"32")"));
}

}  // namespace
}  // namespace gongji::gateway::rest
