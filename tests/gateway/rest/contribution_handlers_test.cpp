#include "gateway/rest/contribution_handlers.hpp"

#include <gtest/gtest.h>

#include "gateway/wire/digest.hpp"
#include "tests/gateway/rest/records_kit.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;
using enum ContributionStatus;

constexpr const char* kOrder = R"({"psn_no":"32","purpose":"RESIDENT_PREMIUM","year":2026})";

TEST(Contributions, AreOrderedByTheActingPerson) {
  RestBench bench;
  bench.send("POST", "/v1/contributions", keyed(acting("31")), kOrder);
  const auto& command = bench.command<ContributeCommand>();
  EXPECT_EQ(command.person, PersonId{"32"});
  EXPECT_EQ(command.ordered_by, PersonId{"31"});
  EXPECT_EQ(command.year, 2026);
  EXPECT_EQ(bench.request().business_hash,
            wire::key_hash({"contribution", "32", "RESIDENT_PREMIUM", "", "2026"}));
  bench.apply(std::get<Events>(contribution(42, kPaid)->outcome));
  EXPECT_EQ(bench.answer().http_status, 201u);
  EXPECT_TRUE(bench.says(R"("status":"paid","psn_no":"32","psn_name":"陈小雨","payer":"31")"));
  EXPECT_TRUE(bench.says(R"("amount":"400.00")"));
}

TEST(Contributions, AClerkMayNameNobody) {
  RestBench bench;
  bench.send("POST", "/v1/contributions", keyed(kAgency), kOrder);
  EXPECT_TRUE(bench.command<ContributeCommand>().ordered_by.empty());
  bench.apply(std::get<Events>(contribution(42, kPending)->outcome));
  EXPECT_EQ(bench.answer().http_status, 201u);
  EXPECT_TRUE(bench.says(R"("status":"pending")"));
  EXPECT_TRUE(bench.says(R"("reason":"E_TAX_PENDING","next_step":"WAIT")"));
}

TEST(Contributions, ASecondOneIsAConflict) {
  RestBench bench;
  bench.send("POST", "/v1/contributions", keyed(kAgency), kOrder);
  bench.refuse({Reason::kAlreadyPaid, "", {}, {}});
  EXPECT_EQ(bench.answer().http_status, 409u);
}

// The member who orders from his organiser's money does not learn how much of it there is.
TEST(Contributions, TheFundsBalanceIsNotToldInARefusal) {
  Refusal refusal{Reason::kInsufficientPremium, "应缴 400.00", {}, {}};
  refusal.limit = Fen{12345};
  for (const char* who : {"31", "32"}) {
    RestBench bench;
    bench.send("POST", "/v1/contributions", keyed(acting(who)), kOrder);
    bench.refuse(refusal);
    EXPECT_EQ(bench.answer().http_status, 422u);
    EXPECT_EQ(bench.says("123.45"), std::string_view{who} == "31") << bench.answer().body;
    EXPECT_TRUE(bench.says(R"("rules":["SH-26","SX-29","SX-31"])"));
  }
}

TEST(Contributions, AreListedWithTheirPresentStatus) {
  RestBench bench;
  const auto pending = contribution(1, kPending);
  const auto refused = contribution(2, kPending, "33");
  const auto paid = contribution(5, kPaid);
  const auto reversed = contribution(6, kPaid, "33");
  for (const auto& record :
       {pending, refused, tax_answer(3, *pending, true), tax_answer(4, *refused, false), paid,
        reversed, insurer_refusal(7, *reversed)})
    bench.records.add(record);
  bench.send("GET", "/v1/networks/31/contributions", kAgency);
  const std::string& body = bench.answer().body;
  std::size_t from = 0;
  for (const char* status : {"reversed", "paid", "refused", "confirmed"}) {
    from = body.find(R"("status":")" + std::string{status} + '"', from);
    EXPECT_NE(from, std::string::npos) << status << body;
  }
  EXPECT_TRUE(bench.says(R"("next_cursor":null)"));
}

TEST(Contributions, PagesKeepTheirStatus) {
  RestBench bench;
  const auto first = contribution(1, kPending);
  bench.records.add(first);
  bench.records.add(contribution(2, kPaid, "33"));
  bench.records.add(tax_answer(3, *first, true));
  bench.send("GET", "/v1/networks/31/contributions?limit=1", kAgency);
  EXPECT_TRUE(bench.says(contribution_name(2)));
  const std::string& body = bench.answer().body;
  const std::size_t at = body.find(R"("next_cursor":")") + 15;
  const std::string cursor = body.substr(at, body.find('"', at) - at);
  bench.send("GET", "/v1/networks/31/contributions?limit=1&cursor=" + cursor, kAgency);
  EXPECT_TRUE(bench.says(contribution_name(1))) << bench.answer().body;
  EXPECT_TRUE(bench.says(R"("status":"confirmed")")) << bench.answer().body;
  EXPECT_TRUE(bench.says(R"("next_cursor":null)"));
  bench.send("GET", "/v1/persons/31/contributions?cursor=" + cursor, kAgency);
  EXPECT_EQ(bench.answer().http_status, 400u);  // another list's cursor
}

TEST(Contributions, AMemberSeesHisOwn) {
  RestBench bench;
  bench.records.add(contribution(1, kPaid, "32"));
  bench.records.add(contribution(2, kPaid, "33"));
  bench.send("GET", "/v1/networks/31/contributions", acting("32"));
  bench.reply(0, organiser_found());
  EXPECT_TRUE(bench.says(contribution_name(1)));
  EXPECT_FALSE(bench.says("\"33\"")) << bench.answer().body;
  bench.send("GET", "/v1/persons/32/contributions", acting("32"));
  EXPECT_TRUE(bench.says(contribution_name(1)));
  EXPECT_FALSE(bench.says("\"33\""));
  bench.send("GET", "/v1/persons/32/contributions", acting("33"));
  EXPECT_EQ(bench.answer().http_status, 403u);
  bench.send("GET", "/v1/contributions/" + contribution_name(2), acting("32"));
  EXPECT_EQ(bench.answer().http_status, 403u);
  bench.send("GET", "/v1/contributions/" + contribution_name(9), acting("32"));
  EXPECT_EQ(bench.answer().http_status, 403u);  // the same words as for one that exists
}

// A relative who bought for him from his own money is not his organiser (SH-44).
TEST(Contributions, APayerOutsideTheNetworkIsNotNamed) {
  RestBench bench;
  const auto gift = contribution(1, kPaid, "32");
  std::get<ContributionOrdered>(std::get<Events>(gift->outcome)[0]).order.own_purchase = true;
  bench.records.add(gift);
  bench.send("GET", "/v1/persons/32/contributions", acting("32"));
  EXPECT_TRUE(bench.says(contribution_name(1)));
  EXPECT_FALSE(bench.says("\"31\"")) << bench.answer().body;
  bench.send("GET", "/v1/contributions/" + contribution_name(1) + "/certificate", acting("32"));
  EXPECT_EQ(bench.answer().http_status, 403u);
}

TEST(Contributions, AreShownOne) {
  RestBench bench;
  const auto paid = contribution(5, kPaid);
  bench.records.add(paid);
  bench.send("GET", "/v1/contributions/" + contribution_name(5), acting("32"));
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_TRUE(bench.says(R"("ordered_at":"2026-11-22T10:15:30.512+08:00")")) << bench.answer().body;
  for (const char* unknown : {"C20261121000000000005", "C20261122000000000006", "X", "S1"}) {
    bench.send("GET", "/v1/contributions/" + std::string{unknown}, kAgency);
    EXPECT_EQ(bench.answer().http_status, 404u) << unknown;
  }
}

TEST(TaxConfirmation, IsACommandToThePayersHousehold) {
  RestBench bench;
  const auto order = contribution(5, kPending);
  bench.records.add(order);
  const std::string target = "/v1/contributions/" + contribution_name(5) + "/tax-confirmation";
  bench.send("POST", target, keyed(kAgency), R"({"accepted":false,"detail":"无此缴费"})");
  const auto& command = bench.command<AnswerTaxCommand>();
  EXPECT_EQ(command.payer, PersonId{"31"});
  EXPECT_EQ(command.contribution, Sequence{5});
  EXPECT_FALSE(command.accepted);
  EXPECT_EQ(command.detail, "无此缴费");
  bench.apply({ContributionAnswered{order->event<ContributionOrdered>()->order.id, false, ""}});
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_TRUE(bench.says(R"("status":"refused")"));
}

TEST(TaxConfirmation, AnOrderAnsweredBeforeStaysAsItWas) {
  RestBench bench;
  const auto order = contribution(5, kPending);
  bench.records.add(order);
  bench.records.add(tax_answer(6, *order, true));
  const std::string target = "/v1/contributions/" + contribution_name(5) + "/tax-confirmation";
  bench.send("POST", target, keyed(kAgency), R"({"accepted":false})");
  bench.apply({});
  EXPECT_TRUE(bench.says(R"("status":"confirmed")")) << bench.answer().body;
}

TEST(TaxConfirmation, OfAnUnknownOrderFreesItsKey) {
  RestBench bench;
  const std::string target = "/v1/contributions/" + contribution_name(5) + "/tax-confirmation";
  for (int i = 0; i < 2; ++i) {
    bench.send("POST", target, keyed(kAgency));
    EXPECT_EQ(bench.answer().http_status, 404u);
  }
}

}  // namespace
}  // namespace gongji::gateway::rest
