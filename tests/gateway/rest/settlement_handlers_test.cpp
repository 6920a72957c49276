#include "gateway/rest/settlement_handlers.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/rest/records_kit.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

MessageFound state_of(MessageState state) { return {state, nullptr, nullptr}; }

TEST(Settlements, AreShownWithTheirPayers) {
  RestBench bench;
  const auto record = settlement(42);
  bench.records.add(record);
  bench.send("GET", "/v1/settlements/" + setl_id(42), acting("32"));
  EXPECT_EQ(std::get<MessageQuery>(bench.request().ask).original, record->origin.key);
  bench.reply(0, state_of(MessageState::kApplied));
  EXPECT_EQ(bench.answer().body,
            R"({"setl_id":")" + setl_id(42) +
                R"(","status":"settled","psn_no":"32","setl_time":"2026-11-22T10:15:30.512+08:00",)"
                R"("institution":"P31010600123","area":"310106","med_type":"41",)"
                R"("medfee_sumamt":"400.00","fund_pay_sumamt":"0.00","hosp_part_amt":"0.00",)"
                R"("psn_part_amt":"400.00","cur_acct_pay":"0.00","bill":"350.00",)"
                R"("psn_cash_pay":"100.00","own":"200.00","family":"100.00","cash":"50.00",)"
                R"("payers":[{"source":"own","psn_no":"32","amount":"200.00"},)"
                R"({"source":"family","psn_no":"31","amount":"100.00"},)"
                R"({"source":"cash","psn_no":"32","amount":"50.00"}],)"
                R"("counts_relief":false,"counts_deductible":null,)"
                R"("profile":"SH-2025","durable_seq":42})");
  bench.send("GET", "/v1/settlements/" + setl_id(42), kAuditor);
  bench.reply(1, state_of(MessageState::kReversed));
  EXPECT_TRUE(bench.says(R"("status":"reversed")"));
}

// Amount, time and purpose; nothing of the visit (SH-17).
TEST(Settlements, WhoseAccountPaidSeesHisPart) {
  RestBench bench;
  bench.records.add(settlement(42));
  bench.send("GET", "/v1/settlements/" + setl_id(42), acting("31"));
  bench.reply(0, state_of(MessageState::kApplied));
  EXPECT_TRUE(bench.says(R"("payers":[{"source":"family","psn_no":"31","amount":"100.00"}])"));
  for (const char* clinical : {"P31010600123", "med_type", "400.00", "350.00", "200.00"})
    EXPECT_FALSE(bench.says(clinical)) << clinical << bench.answer().body;
}

TEST(Settlements, OthersSeeNothingNotEvenThatThereIsNothing) {
  for (const std::uint64_t sequence : {42u, 43u}) {
    RestBench bench;
    bench.records.add(settlement(42));
    for (const char* more : {"", "/explanation"}) {
      bench.send("GET", "/v1/settlements/" + setl_id(sequence) + more, acting("33"));
      EXPECT_EQ(bench.answer().http_status, 403u);
      EXPECT_TRUE(bench.says("E_FORBIDDEN_VIEW"));
    }
  }
}

TEST(Settlements, UnknownIdsAreUnknown) {
  RestBench bench;
  bench.records.add(settlement(42));
  bench.records.add(contribution(43, ContributionStatus::kPaid));
  for (const std::string& id :
       {setl_id(41), setl_id(43), std::string{"S20261121000000000042"}, std::string{"x"}}) {
    bench.send("GET", "/v1/settlements/" + id, kAgency);
    EXPECT_EQ(bench.answer().http_status, 404u) << id;
    EXPECT_TRUE(bench.says("E_NO_SETTLEMENT"));
  }
}

TEST(Settlements, AReversalIsShownBelowZero) {
  RestBench bench;
  const auto first = settlement(42);
  bench.records.add(first);
  bench.records.add(reversal(43, *first));
  bench.send("GET", "/v1/settlements/" + setl_id(43), acting("32"));
  EXPECT_TRUE(bench.says(R"("status":"reversal")"));
  EXPECT_TRUE(bench.says(R"("original_setl_id":")" + setl_id(42)));
  EXPECT_TRUE(bench.says(R"("own":"-200.00","family":"-100.00","cash":"-50.00")"))
      << bench.answer().body;
  bench.send("GET", "/v1/settlements/" + setl_id(43), acting("31"));
  EXPECT_TRUE(bench.says(R"([{"source":"family","psn_no":"31","amount":"-100.00"}])"))
      << bench.answer().body;
  EXPECT_FALSE(bench.says("200.00"));
}

TEST(Settlements, AStoreThatCannotBeReadIsBusy) {
  RestBench bench;
  bench.records.broken = true;
  bench.send("GET", "/v1/settlements/" + setl_id(42), kAgency);
  EXPECT_EQ(bench.answer().http_status, 429u);
  EXPECT_EQ(bench.header("Retry-After"), "1");
}

TEST(Explanations, SayEachStepWithItsRules) {
  RestBench bench;
  bench.records.add(settlement(42));
  bench.send("GET", "/v1/settlements/" + setl_id(42) + "/explanation", acting("32"));
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_TRUE(bench.says("先用本人个人账户支付200.00元"));
  EXPECT_TRUE(bench.says(R"("rules":["SH-24"])"));
  EXPECT_TRUE(bench.says("为当时可用的全部共济资金"));
  EXPECT_TRUE(bench.says(R"("would_have_passed":"300.00")"));
  EXPECT_TRUE(
      bench.says(R"("remained":[{"psn_no":"32","current_year":"0.00","carryover":"1.11"}])"))
      << bench.answer().body;
}

// A balance is its holder's; the fund's is shown to members only where the profile says so.
TEST(Explanations, ShowTheFundWhereTheProfileAllowsIt) {
  Profile profile;
  profile.id = "SH-2025";
  profile.fund_balance_shown_to_member = true;
  RestBench bench;
  bench.records.add(settlement(42));
  bench.policies.policy->profiles = ProfileBook{{profile}};
  bench.send("GET", "/v1/settlements/" + setl_id(42) + "/explanation", acting("32"));
  EXPECT_TRUE(bench.says(R"({"psn_no":"31","shareable":"2.22"})")) << bench.answer().body;
  EXPECT_FALSE(bench.says("800.00"));
  bench.send("GET", "/v1/settlements/" + setl_id(42) + "/explanation", acting("31"));
  EXPECT_TRUE(bench.says(R"("current_year":"800.00","carryover":"2.22","shareable":"2.22")"));
  EXPECT_FALSE(bench.says("1.11"));
  EXPECT_FALSE(bench.says("would_have_passed"));
}

// Where several authorisers paid (Beijing), each sees his own part.
TEST(Explanations, TellEachPayerOfHisOwnPartOnly) {
  RestBench bench;
  const auto record = settlement(42);
  auto& settled = std::get<Settled>(std::get<Events>(record->outcome)[0]);
  settled.family.push_back({PersonId{"35"}, Bucket::kCarryover, Fen{3456}, LinkId{5}, 0});
  bench.records.add(record);
  const std::string target = "/v1/settlements/" + setl_id(42);
  bench.send("GET", target + "/explanation", acting("35"));
  EXPECT_TRUE(bench.says(R"("amount":"34.56")")) << bench.answer().body;
  EXPECT_FALSE(bench.says("134.56"));
  EXPECT_FALSE(bench.says("100.00"));
  bench.send("GET", target, acting("35"));
  bench.reply(0, state_of(MessageState::kApplied));
  EXPECT_TRUE(bench.says("34.56"));
  EXPECT_FALSE(bench.says("100.00")) << bench.answer().body;
  // The patient sees them in the order their accounts were used.
  std::swap(settled.family[0], settled.family[1]);
  bench.send("GET", target, acting("32"));
  bench.reply(1, state_of(MessageState::kApplied));
  EXPECT_LT(bench.answer().body.find(R"("psn_no":"35")"),
            bench.answer().body.find(R"("psn_no":"31")"));
}

TEST(Explanations, NameTheReasonOfAZeroShareWithTheRulesOfThePlace) {
  RestBench bench;
  const auto record = settlement(42);
  record->profile.id = "SX-2025";
  auto& settled = std::get<Settled>(std::get<Events>(record->outcome)[0]);
  settled.family.clear();
  settled.zero_reason = Reason::kOutOfProvince;
  bench.records.add(record);
  bench.send("GET", "/v1/settlements/" + setl_id(42) + "/explanation", kAuditor);
  EXPECT_TRUE(bench.says(R"("rules":["SX-24","SX-26"])")) << bench.answer().body;
  EXPECT_TRUE(bench.says(R"("next_step":"WALLET")"));
  EXPECT_TRUE(bench.says(R"("rules":["SX-22"])"));
}

TEST(PartialRefund, IsOneCommandWithTheSmallerBill) {
  RestBench bench;
  const auto original = settlement(42);
  bench.records.add(original);
  const std::string target = "/v1/settlements/" + setl_id(42) + "/partial-refund";
  bench.send("POST", target, keyed(kAgency), R"({"medfee_sumamt":"260.00","own_pay_lines":[]})");
  const auto& command = bench.command<PartialRefundCommand>();
  EXPECT_EQ(command.original, Sequence{42});
  EXPECT_EQ(command.smaller.patient, PersonId{"32"});
  EXPECT_EQ(command.smaller.place.institution, InstitutionCode{"P31010600123"});
  EXPECT_EQ(command.smaller.parts.medfee_sum, Fen{26000});
  EXPECT_EQ(command.smaller.parts.full_own_pay, Fen{});
  EXPECT_FALSE(command.smaller.quoted);
  Events pair = std::get<Events>(reversal(43, *original)->outcome);
  Settled smaller = *original->event<Settled>();
  smaller.bill = Fen{26000};
  smaller.family[0].amount = Fen{6000};
  smaller.cash = Fen{};
  pair.emplace_back(smaller);
  bench.apply(pair);
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_TRUE(bench.says(R"("own":"200.00","family":"60.00","cash":"0.00")"));
  EXPECT_TRUE(bench.says(R"("refunded":{"setl_id":")" + setl_id(42) +
                         R"(","returned":"300.00","suspense":"0.00","cash_back":"50.00"})"))
      << bench.answer().body;
}

TEST(PartialRefund, OfWhatIsNoSettlementIsRefused) {
  RestBench bench;
  const auto original = settlement(42);
  bench.records.add(original);
  bench.records.add(reversal(43, *original));
  const auto refund = [&](std::uint64_t sequence, const char* body) {
    bench.send("POST", "/v1/settlements/" + setl_id(sequence) + "/partial-refund", keyed(kAgency),
               body);
    return bench.answer().http_status;
  };
  EXPECT_EQ(refund(43, R"({"medfee_sumamt":"1"})"), 404u);
  EXPECT_EQ(refund(44, R"({"medfee_sumamt":"1"})"), 404u);
  EXPECT_EQ(refund(42, "{}"), 400u);
  EXPECT_EQ(refund(42, R"({"medfee_sumamt":"10.00","fulamt_ownpay_amt":"11.00"})"), 422u);
  EXPECT_TRUE(bench.service.submitted.empty());
}

TEST(Payments, OfANetworkAreAmountTimeAndPurpose) {
  RestBench bench;
  const auto first = settlement(42);
  bench.records.add(first);
  bench.records.add(settlement(43, "33"));
  bench.records.add(reversal(44, *first));
  bench.send("GET", "/v1/networks/31/payments", acting("31"));
  const std::string line = R"("psn_no":"32","amount":"-100.00",)"
                           R"("setl_time":"2026-11-22T10:15:30.512+08:00","purpose":"PAY"})";
  EXPECT_TRUE(bench.says(R"({"items":[{"type":"refund","setl_id":")" + setl_id(44) + "\"," + line))
      << bench.answer().body;
  EXPECT_TRUE(bench.says(R"("psn_no":"33","amount":"100.00")"));
  EXPECT_FALSE(bench.says("P31010600123"));
  bench.send("GET", "/v1/networks/31/payments", acting("32"));
  bench.reply(0, organiser_found());
  EXPECT_TRUE(bench.says("\"32\""));
  EXPECT_FALSE(bench.says("\"33\"")) << bench.answer().body;
}

TEST(Payments, OfAPersonAreHisOwn) {
  RestBench bench;
  const auto first = settlement(42);
  bench.records.add(first);
  bench.records.add(settlement(43, "33"));
  bench.records.add(reversal(44, *first, true));
  bench.send("GET", "/v1/persons/32/payments", acting("32"));
  EXPECT_TRUE(bench.says(R"("type":"payment")"));
  EXPECT_TRUE(bench.says(R"("own":"-200.00","family":"-100.00","cash":"-50.00")"))
      << bench.answer().body;
  EXPECT_FALSE(bench.says("\"33\""));
  bench.send("GET", "/v1/persons/32/payments", acting("31"));
  EXPECT_EQ(bench.answer().http_status, 403u);
  bench.records.strangers[PersonId{"99"}] = true;
  bench.send("GET", "/v1/persons/99/payments", kAgency);
  EXPECT_EQ(bench.answer().http_status, 404u);
}

TEST(Payments, PageThroughAHistoryOfOthers) {
  RestBench bench;
  for (std::uint64_t i = 1; i <= 20; ++i)
    bench.records.add(settlement(i, i % 4 == 0 ? "32" : "33"));
  std::string target = "/v1/persons/32/payments?limit=2";
  std::string seen;
  for (int page = 0; page < 3; ++page) {
    bench.send("GET", target, acting("32"));
    const std::string& body = bench.answer().body;
    seen += body;
    const std::size_t at = body.find(R"("next_cursor":")");
    if (at == std::string::npos) break;
    const std::string cursor = body.substr(at + 15, body.size() - at - 17);
    target = "/v1/persons/32/payments?limit=2&cursor=" + cursor;
  }
  for (const std::uint64_t mine : {4u, 8u, 12u, 16u, 20u}) {
    const std::size_t at = seen.find(setl_id(mine));
    EXPECT_NE(at, std::string::npos) << mine;
    EXPECT_EQ(seen.find(setl_id(mine), at + 1), std::string::npos) << mine;
  }
}

}  // namespace
}  // namespace gongji::gateway::rest
