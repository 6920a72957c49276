// The second time: repeated messages, business keys, and replies that never come.
#include <gtest/gtest.h>

#include <thread>

#include "tests/gateway/wire/stories.hpp"

namespace gongji::gateway::wire {
namespace {

using namespace testing;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

TEST(Replays, AreTheFirstAnswerByteForByte) {
  WireBench bench;
  const auto record =
      settlement_record(bench.submitted(sale()), 42, civil(10, 15, 30, 548), kSaleDecided);
  bench.reply(Recorded{record, false, nullptr});
  const std::string first = bench.body();
  bench.clock.at += std::chrono::hours{24 * 400};
  bench.submitted(sale());
  bench.reply(Recorded{record, true, nullptr});
  EXPECT_EQ(bench.body(), first);

  WireBench restarted;
  restarted.submitted(sale());
  restarted.reply(Recorded{record, true, nullptr});
  EXPECT_EQ(restarted.body(), first);
}

TEST(Replays, OfRefusalsToo) {
  WireBench bench;
  const auto record = refusal_record(bench.submitted(sale()), 42, civil(10, 15, 30, 548),
                                     {Reason::kQuoteStale, "", Split{Fen{1}, Fen{2}, Fen{3}}, {}});
  bench.reply(Recorded{record, false, nullptr});
  const std::string first = bench.body();
  bench.clock.at += std::chrono::hours{1};
  bench.submitted(sale());
  bench.reply(Recorded{record, true, nullptr});
  EXPECT_EQ(bench.body(), first);
}

TEST(Replays, OfOtherContentNameTheFirstFieldThatDiffers) {
  struct Row {
    const char* what;
    const char* with;
    const char* path;
  };
  const Row kRows[] = {
      {"86.50", "86.51", "input.druginfo.medfee_sumamt"},
      {R"("cnt":1)", R"("cnt":2)", "input.drugdetail[1].cnt"},
      {R"("rxno":"")", R"("rxno":"7")", "input.drugdetail[0].rxno"},
      {R"("acct_used_flag":"1")", R"("acct_used_flag":"")", "input.druginfo.acct_used_flag"},
  };
  for (const Row& row : kRows) {
    WireBench bench;
    const auto record =
        settlement_record(bench.submitted(sale()), 42, civil(10, 15, 30, 548), kSaleDecided);
    bench.reply(Recorded{record, false, nullptr});
    bench.submitted(replaced(sale(), row.what, row.with));
    bench.reply(KeyReused{record});
    EXPECT_EQ(field(bench.body(), "err_msg"),
              "E_IDEMPOTENCY 同一报文编号的内容与首次不一致：" + std::string{row.path});
    EXPECT_EQ(field(bench.body(), "infcode"), "-2");
  }
}

TEST(Replays, ANewMessageIdForASettledBatchGetsTheOriginalResult) {
  WireBench bench;
  const auto record =
      settlement_record(bench.submitted(bill()), 77, civil(11, 2, 5, 139), kBillDecided);
  bench.reply(Recorded{record, false, nullptr});
  const std::string first = bench.body();
  bench.submitted(bill("another-message-id"));
  bench.reply(Recorded{record, true, nullptr});
  EXPECT_EQ(bench.body(), first);
}

TEST(Replays, ANewMessageIdWithOtherPersonOrAmountsIsRefused) {
  struct Row {
    const char* what;
    const char* with;
    const char* path;  // "" = it may differ
  };
  const Row kRows[] = {
      {R"("psn_no":"44)", R"("psn_no":"45)", "input.data.psn_no"},
      {R"("fund_pay_sumamt":"115.50")", R"("fund_pay_sumamt":"115.50","hosp_part_amt":"1")",
       "input.data.hosp_part_amt"},
      {R"("fund_pay_sumamt":"115.50")", R"("fund_pay_sumamt":"115.51")",
       "input.data.fund_pay_sumamt"},
      {R"("overlmt_selfpay":"0.00","preselfpay_amt":"15.00")",
       R"("overlmt_selfpay":"1.00","preselfpay_amt":"14.00")", "input.data.overlmt_selfpay"},
      {R"("fund_pay_sumamt":"115.50")", R"("fund_pay_sumamt":"115.50","cur_acct_pay":"1.00")",
       "input.data.cur_acct_pay"},
      {R"("invono":"0012345678")", R"("invono":"9")", ""},
  };
  for (const Row& row : kRows) {
    WireBench bench;
    const auto record =
        settlement_record(bench.submitted(bill()), 77, civil(11, 2, 5, 139), kBillDecided);
    bench.reply(Recorded{record, false, nullptr});
    const std::string first = bench.body();
    bench.submitted(replaced(bill("another-message-id"), row.what, row.with));
    bench.reply(Recorded{record, true, nullptr});
    if (std::string_view{row.path}.empty()) {
      EXPECT_EQ(bench.body(), first) << row.with;
      continue;
    }
    EXPECT_EQ(field(bench.body(), "infcode"), "-2") << row.with;
    EXPECT_TRUE(field(bench.body(), "err_msg").ends_with("：" + std::string{row.path}))
        << bench.body();
  }
}

TEST(Replays, ASecondCancelGetsTheFirstOnesResult) {
  WireBench bench;
  const auto settled =
      settlement_record(bench.submitted(bill()), 77, civil(11, 2, 5, 139), kBillDecided);
  bench.reply(Recorded{settled, false, nullptr});
  const std::string input =
      R"({"data":{"setl_id":"S20261122000000000077","mdtrt_id":"M","psn_no":"1"}})";
  const auto cancel = cancel_record(bench.submitted(message("2208", kHospital, input, "c-1")),
                                    *settled, 81, civil(11, 40, 18, 51), Fen{0});
  bench.reply(Recorded{cancel, false, settled});
  const std::string first = bench.body();
  bench.submitted(message("2208", kHospital, input, "c-2"));
  bench.reply(Recorded{cancel, true, settled});
  EXPECT_EQ(bench.body(), first);
}

TEST(Replays, CountOnceInMoney) {
  WireBench bench;
  auto record =
      settlement_record(bench.submitted(sale()), 42, civil(10, 15, 30, 548),
                        {{Fen{2000}, Fen{0}, Fen{4650}}, Fen{0}, Reason::kFundEmpty, {}, {}});
  bench.reply(Recorded{record, false, nullptr});
  bench.submitted(sale());
  bench.reply(Recorded{record, true, nullptr});
  using Paid = std::vector<std::tuple<PaidFrom, Channel, Fen>>;
  EXPECT_EQ(bench.metrics.paid_amounts, (Paid{{PaidFrom::kOwn, Channel::kPharmacy, Fen{2000}},
                                              {PaidFrom::kFamily, Channel::kPharmacy, Fen{0}},
                                              {PaidFrom::kCash, Channel::kPharmacy, Fen{6650}}}));
  EXPECT_EQ(bench.metrics.zero_shares, std::vector<Reason>{Reason::kFundEmpty});
  using Counted = std::vector<std::pair<std::string, TransactionOutcome>>;
  EXPECT_EQ(bench.metrics.transactions, (Counted{{"2102", TransactionOutcome::kApplied},
                                                 {"2102", TransactionOutcome::kReplayed}}));
  EXPECT_EQ(bench.metrics.stages[Stage::kParse], 2);
  EXPECT_EQ(bench.metrics.stages[Stage::kReply], 2);
}

TEST(Replays, ALostTicketAnswersUnknown) {
  WireBench bench;
  bench.submitted(sale());
  bench.service.submitted.clear();
  bench.loop.turn();
  EXPECT_EQ(field(bench.body(), "infcode"), "-1");
  EXPECT_TRUE(field(bench.body(), "err_msg").starts_with("E_UNKNOWN "));
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_EQ(bench.metrics.transactions.back().second, TransactionOutcome::kUnknown);
}

TEST(Replays, CompletingOnAnotherThreadAnswersOnTheLoop) {
  WireBench bench;
  const auto record =
      settlement_record(bench.submitted(sale()), 42, civil(10, 15, 30, 548), kSaleDecided);
  std::thread writer{[&] {
    bench.service.submitted[0].ticket->complete(Recorded{record, false, nullptr});
  }};
  writer.join();
  EXPECT_TRUE(bench.loop.answers.empty());
  bench.loop.turn();
  EXPECT_EQ(bench.loop.answers.size(), 1u);
  bench.service.submitted.clear();
  bench.loop.turn();
  EXPECT_EQ(bench.loop.answers.size(), 1u);
}

TEST(Replays, ALoopThatEndedLeavesTheSlotUnanswered) {
  WireBench bench;
  bench.submitted(sale());
  bench.service.submitted.clear();
  bench.loop.tasks.clear();
  EXPECT_EQ(bench.loop.abandoned, 1);
  EXPECT_TRUE(bench.loop.answers.empty());
}

}  // namespace
}  // namespace gongji::gateway::wire
