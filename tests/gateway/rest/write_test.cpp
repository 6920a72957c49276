#include "gateway/rest/write.hpp"

#include <gtest/gtest.h>

#include "gateway/wire/digest.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

constexpr const char* kModesBody = R"({"modes":["PAY","PREMIUM"]})";

void put_modes_with(RestBench& bench, const Headers& headers, std::string_view body = kModesBody) {
  bench.send("PUT", "/v1/networks/31/modes", headers, body);
}

TEST(Write, IsAMessageNamedByTokenAndKey) {
  RestBench bench;
  put_modes_with(
      bench, with(with(keyed(kAgency, "\"k 1\""), "X-Operator", "0031"), "X-Acting-Person", "31"));
  EXPECT_EQ(bench.answer().http_status, 400u);  // a blank is not visible
  put_modes_with(
      bench, with(with(keyed(kAgency, "\"k1\""), "X-Operator", "0031"), "X-Acting-Person", "31"));
  const Origin& origin = bench.request().origin;
  const MessageKey key{InstitutionCode{}, "v1", "counter 3:k1"};
  EXPECT_EQ(origin.key, key);
  EXPECT_EQ(bench.request().key_hash, wire::message_key_hash(key));
  EXPECT_EQ(origin.digest, wire::sha256(origin.business_input));
  EXPECT_EQ(origin.operator_id, "0031");
  EXPECT_EQ(origin.acting_person, "31");
  EXPECT_EQ(origin.channel, "agency");
  EXPECT_EQ(origin.business_input,
            ">request\noperation=PUT /v1/networks/{organizer}/modes\npath=31\n"
            "X-Acting-Person=31\n>modes\nvalues=PAY,PREMIUM,\n");
}

TEST(Write, NeedsAKey) {
  const std::string long_key(65, 'k');
  for (const Headers& headers : {kAgency, keyed(kAgency, ""), keyed(kAgency, long_key)}) {
    RestBench bench;
    put_modes_with(bench, headers);
    EXPECT_EQ(bench.answer().http_status, 400u);
    EXPECT_TRUE(bench.says(R"("parameter":"Idempotency-Key")")) << bench.answer().body;
    EXPECT_TRUE(bench.service.submitted.empty());
  }
}

TEST(Write, TheSameKeyGetsTheSameBytesAndSaysSo) {
  RestBench bench;
  put_modes_with(bench, keyed(kAgency));
  const auto record = bench.apply({ModesConfirmed{PersonId{"31"}, {Mode::kPay, Mode::kPremium}}});
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_EQ(bench.header("Idempotent-Replayed"), "");
  const std::string first = bench.answer().body;
  put_modes_with(bench, keyed(kAgency));
  bench.reply(1, Recorded{record, true, nullptr});
  EXPECT_EQ(bench.answer().body, first);
  EXPECT_EQ(bench.header("Idempotent-Replayed"), "true");
}

// A lookup's thread may hold the call a moment longer than its answer takes to be read.
TEST(Write, TheKeyIsFreeWithTheAnswerAlsoWhileSomebodyHoldsTheCall) {
  struct NoSlot final : AnswerSlot {
    void answer(Answer) override {}
    void run_on_loop(std::unique_ptr<LoopTask>) noexcept override {}
  };
  RunningKeys keys;
  Call call;
  call.slot = std::make_shared<NoSlot>();
  call.running_key = keys.take("counter 3:k1");
  EXPECT_EQ(keys.take("counter 3:k1"), nullptr);
  call.answer(Answer{});
  EXPECT_NE(keys.take("counter 3:k1"), nullptr);
}

TEST(Write, ARefusalIsRepeatedToo) {
  RestBench bench;
  put_modes_with(bench, keyed(kAgency));
  bench.refuse({Reason::kNoNetwork, "", {}, {}});
  EXPECT_EQ(bench.answer().http_status, 422u);
  EXPECT_TRUE(bench.says(R"("code":"E_NO_NETWORK")"));
}

TEST(Write, AnotherBodyUnderTheKeyNamesTheFirstField) {
  struct Row {
    const char* first;
    const char* place;
  };
  const Row kRows[] = {
      {">request\noperation=PUT /v1/networks/{organizer}/modes\npath=31\nX-Acting-Person=\n"
       ">modes\nvalues=PAY,\n",
       R"("pointer":"/modes")"},
      {">request\noperation=PUT /v1/networks/{organizer}/modes\npath=99\nX-Acting-Person=\n"
       ">modes\nvalues=PAY,PREMIUM,\n",
       R"("parameter":"path")"},
      {">request\noperation=DELETE /v1/networks/{organizer}\npath=31\nX-Acting-Person=\n",
       R"("parameter":"operation")"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    put_modes_with(bench, keyed(kAgency));
    auto first = admin_record(bench.request());
    first->origin.business_input = row.first;
    bench.reply(0, KeyReused{first});
    EXPECT_EQ(bench.answer().http_status, 422u);
    EXPECT_TRUE(bench.says(R"("code":"E_IDEMPOTENCY")"));
    EXPECT_TRUE(bench.says(row.place)) << bench.answer().body;
    EXPECT_FALSE(bench.says("99"));
  }
}

TEST(Write, AKeyThatIsStillRunningIsAConflict) {
  RestBench bench;
  put_modes_with(bench, keyed(kAgency));
  put_modes_with(bench, keyed(kAgency));
  EXPECT_EQ(bench.answer().http_status, 409u);
  EXPECT_EQ(bench.header("Retry-After"), "1");
  EXPECT_EQ(bench.service.submitted.size(), 1u);
  put_modes_with(bench, keyed(acting("31")));  // another token's key is another key
  EXPECT_EQ(bench.service.submitted.size(), 2u);
  bench.reply(0, NotDecided{{Reason::kBusy, "", {}, {}}});
  put_modes_with(bench, keyed(kAgency));  // answered: the key is free again
  EXPECT_EQ(bench.service.submitted.size(), 3u);
}

TEST(Write, AKeyIsFreeAgainWhenItsTicketIsLost) {
  RestBench bench;
  put_modes_with(bench, keyed(kAgency));
  bench.service.submitted.clear();
  bench.loop.turn();
  EXPECT_EQ(bench.answer().http_status, 500u);
  EXPECT_TRUE(bench.says("E_UNKNOWN"));
  put_modes_with(bench, keyed(kAgency));
  EXPECT_EQ(bench.service.submitted.size(), 1u);
}

TEST(Write, WhatWasNotDecidedSaysWhenToComeBack) {
  struct Row {
    Reason reason;
    unsigned status;
  };
  for (const Row& row : {Row{Reason::kBusy, 429}, Row{Reason::kDeadline, 503}}) {
    RestBench bench;
    put_modes_with(bench, keyed(kAgency));
    bench.reply(0, NotDecided{{row.reason, "", {}, {}}});
    EXPECT_EQ(bench.answer().http_status, row.status);
    EXPECT_EQ(bench.header("Retry-After"), "1");
  }
}

}  // namespace
}  // namespace gongji::gateway::rest
