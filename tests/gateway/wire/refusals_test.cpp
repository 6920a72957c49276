// Messages that go no further, and the sentence each sender gets.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/gateway/wire/stories.hpp"

namespace gongji::gateway::wire {
namespace {

using namespace testing;

TEST(Refusals, WhatIsNoJsonObjectIsHttp400WithAnEnvelope) {
  for (const char* body :
       {"", "{", "[]", "null", "x", R"({"infno":"2102"} x)", R"({"infno":"2102",})",
        R"({"infno":"2102","input":{"a":01}})", "{\"infno\":\"\xff\"}"}) {
    WireBench bench;
    EXPECT_EQ(bench.refused(body), "E_FIELD 报文字段有误：报文不是一个完整的JSON对象") << body;
    EXPECT_EQ(bench.answer().http_status, 400u) << body;
    EXPECT_EQ(bench.metrics.transactions.back().first, "other");
  }
}

struct Row {
  const char* what;
  std::string body;
  const char* err_msg;
};

std::string data(std::string_view fields, std::string_view infno = "2207",
                 std::string_view institution = kHospital) {
  return message(infno, institution,
                 R"({"data":{"psn_no":"1","mdtrt_cert_type":"01",)" + std::string{fields} + "}}");
}
std::string goods(std::string_view head, std::string_view lines) {
  return message("2102", kPharmacy,
                 R"({"druginfo":{"psn_no":"1","mdtrt_cert_type":"01",)" + std::string{head} +
                     R"(},"drugdetail":)" + std::string{lines} + "}");
}

std::vector<Row> wrong_fields() {
  return {
      {"no infno", R"({"msgid":"1","fixmedins_code":"P44010600123","input":{}})", "infno 不能为空"},
      {"no msgid", R"({"infno":"2102","fixmedins_code":"P44010600123","input":{}})",
       "msgid 不能为空"},
      {"msgid too long", message("2102", kPharmacy, "{}", std::string(31, '1')),
       "msgid 长度不能超过30"},
      {"infno too long", message("2102AAA", kPharmacy, "{}"), "infno 长度不能超过6"},
      {"infno twice", R"({"infno":"2102","infno":"2102"})", "infno 重复出现"},
      {"no institution", R"({"infno":"2102","msgid":"1","input":{}})", "fixmedins_code 不能为空"},
      {"no input", R"({"infno":"2102","msgid":"1","fixmedins_code":"P44010600123"})",
       "input 不能为空"},
      {"input null", message("2102", kPharmacy, "null"), "input 不能为空"},
      {"input a number", message("2102", kPharmacy, "1"), "input 应为对象，或内含对象的JSON文本"},
      {"input a list", message("2102", kPharmacy, "[]"), "input 应为对象，或内含对象的JSON文本"},
      {"input text that is no object", message("2102", kPharmacy, R"("[1]")"),
       "input 不是合法的JSON对象"},
      {"input text cut off", message("2102", kPharmacy, R"("{\"druginfo\":")"),
       "input 不是合法的JSON对象"},
      {"no druginfo", message("2102", kPharmacy, "{}"), "input.druginfo 应为对象，不能为空"},
      {"druginfo a list", message("2102", kPharmacy, R"({"druginfo":[]})"),
       "input.druginfo 应为对象，不能为空"},
      {"drugdetail a text", goods(R"("medfee_sumamt":1)", R"("x")"), "input.drugdetail 应为数组"},
      {"a line that is no object", goods(R"("medfee_sumamt":1)", R"([{},"x"])"),
       "input.drugdetail[1] 应为对象"},
      {"a wrong line", goods(R"("medfee_sumamt":1)", R"([{},{"cnt":"two"}])"),
       "input.drugdetail[1].cnt 应为数字"},
      {"three decimals", goods(R"("medfee_sumamt":86.505)", "[]"),
       "input.druginfo.medfee_sumamt 最多两位小数"},
      {"a negative amount", goods(R"("medfee_sumamt":"-86.50")", "[]"),
       "input.druginfo.medfee_sumamt 不能带正负号"},
      {"an exponent", goods(R"("medfee_sumamt":8.65e1)", "[]"),
       "input.druginfo.medfee_sumamt 不能用科学计数法"},
      {"no total", goods(R"("invono":"")", "[]"), "input.druginfo.medfee_sumamt 不能为空"},
      {"no person",
       message("2207", kHospital, R"({"data":{"mdtrt_cert_type":"01","medfee_sumamt":1}})"),
       "input.data.psn_no 不能为空"},
      {"no certificate type",
       message("2207", kHospital, R"({"data":{"psn_no":"1","medfee_sumamt":1}})"),
       "input.data.mdtrt_cert_type 不能为空"},
      {"a certificate without number",
       message("2207", kHospital,
               R"({"data":{"psn_no":"1","mdtrt_cert_type":"02","medfee_sumamt":1}})"),
       "input.data.mdtrt_cert_no 不能为空"},
      {"a flag out of range", data(R"("medfee_sumamt":1,"acct_used_flag":"2")"),
       "input.data.acct_used_flag 应为0或1"},
      {"a broken quote_id", data(R"("medfee_sumamt":1,"quote_id":"Q1.1.0.0.00")"),
       "input.data.quote_id 不是本机构为该患者、该金额所得的预结算编号"},
      {"no pooled part where it is required", data(R"("medfee_sumamt":1)", "2207", kFundRequired),
       "input.data.fund_pay_sumamt 本机构结算须带统筹支付金额，不能为空"},
      {"nor in its quote", data(R"("medfee_sumamt":1)", "2206", kFundRequired),
       "input.data.fund_pay_sumamt 本机构结算须带统筹支付金额，不能为空"},
      {"a cancel without setl_id", data(R"("mdtrt_id":"M")", "2208"),
       "input.data.setl_id 不能为空"},
      {"an undo of a quote", data(R"("omsgid":"1","oinfno":"2206")", "2601"),
       "input.data.oinfno 该交易不能冲正"},
      {"an undo of an undo", data(R"("omsgid":"1","oinfno":"2601")", "2601"),
       "input.data.oinfno 该交易不能冲正"},
      {"an undo of nothing", data(R"("oinfno":"2102")", "2601"), "input.data.omsgid 不能为空"},
      {"an unknown certificate type",
       message("1101", kPharmacy, R"({"data":{"mdtrt_cert_type":"09","mdtrt_cert_no":"1"}})"),
       "input.data.mdtrt_cert_type 应为01、02或03"},
  };
}

TEST(Refusals, AWrongFieldIsNamedByItsPath) {
  for (const Row& row : wrong_fields()) {
    WireBench bench;
    EXPECT_EQ(bench.refused(row.body), "E_FIELD 报文字段有误：" + std::string{row.err_msg})
        << row.what;
    EXPECT_EQ(bench.answer().http_status, 200u) << row.what;
    EXPECT_EQ(field(bench.body(), "inf_refmsgid").size(), 30u) << row.what;
    EXPECT_EQ(bench.metrics.refusals, std::vector<Reason>{Reason::kField}) << row.what;
  }
}

std::vector<Row> broken_identities() {
  return {
      {"pool and hospital above the total",
       data(R"("medfee_sumamt":100,"fund_pay_sumamt":90,"hosp_part_amt":20)"),
       "恒等式1 medfee_sumamt 100.00 ≠ fund_pay_sumamt 90.00 + psn_part_amt 0.00 + hosp_part_amt "
       "20.00 = 110.00"},
      {"a person's part that does not fit",
       data(R"("medfee_sumamt":100,"fund_pay_sumamt":90,"psn_part_amt":11)"),
       "恒等式1 medfee_sumamt 100.00 ≠ fund_pay_sumamt 90.00 + psn_part_amt 11.00 + hosp_part_amt "
       "0.00 = 101.00"},
      {"parts that do not add up",
       data(R"("medfee_sumamt":"240.00","fulamt_ownpay_amt":"10.00","overlmt_selfpay":"0.00",)"
            R"("preselfpay_amt":"15.00","inscp_scp_amt":"200.00")"),
       "恒等式5 medfee_sumamt 240.00 ≠ fulamt_ownpay_amt 10.00 + overlmt_selfpay 0.00 + "
       "preselfpay_amt 15.00 + inscp_scp_amt 200.00 = 225.00"},
      {"own pay above the total", data(R"("medfee_sumamt":1,"fulamt_ownpay_amt":2)"),
       "恒等式5 medfee_sumamt 1.00 ≠ fulamt_ownpay_amt 2.00 + overlmt_selfpay 0.00 + "
       "preselfpay_amt 0.00 + inscp_scp_amt 0.00 = 2.00"},
      {"pooled money outside the scope",
       data(
           R"("medfee_sumamt":100,"fulamt_ownpay_amt":50,"inscp_scp_amt":50,"fund_pay_sumamt":60)"),
       "统筹支付不得大于政策范围内金额 fund_pay_sumamt 60.00 > inscp_scp_amt 50.00"},
      {"current-year money above the person's part",
       data(R"("medfee_sumamt":100,"fund_pay_sumamt":60,"cur_acct_pay":41)"),
       "恒等式2 cur_acct_pay 41.00 > psn_part_amt 40.00"},
      {"a line whose own pay is above it",
       goods(R"("medfee_sumamt":10)", R"([{"det_item_fee_sumamt":5,"fulamt_ownpay_amt":6}])"),
       "input.drugdetail[0] fulamt_ownpay_amt 6.00 > det_item_fee_sumamt 5.00"},
      {"lines whose own pay is above the sale's",
       goods(R"("medfee_sumamt":10,"fulamt_ownpay_amt":3)",
             R"([{"fulamt_ownpay_amt":2},{"fulamt_ownpay_amt":2}])"),
       "逐行全自费之和不得大于总额 Σ drugdetail.fulamt_ownpay_amt 4.00 > fulamt_ownpay_amt 3.00"},
  };
}

TEST(Refusals, ABrokenIdentityIsNamedWithBothSides) {
  for (const Row& row : broken_identities()) {
    WireBench bench;
    EXPECT_EQ(bench.refused(row.body), "E_IDENTITY 金额之间不平衡：" + std::string{row.err_msg})
        << row.what;
  }
}

TEST(Refusals, TooManyLinesAreRefused) {
  std::string lines = "[{}";
  for (int i = 0; i < 1000; ++i) lines += ",{}";
  WireBench bench;
  EXPECT_EQ(bench.refused(goods(R"("medfee_sumamt":1)", lines + "]")),
            "E_FIELD 报文字段有误：input.drugdetail 明细不能超过1000行");
}

TEST(Refusals, AForeignSetlIdIsNoSettlement) {
  for (const char* setl_id : {"S2026112200000042", "12345", "S20261122000000000000"}) {
    WireBench bench;
    EXPECT_EQ(bench.refused(data(R"("setl_id":")" + std::string{setl_id} + "\"", "2208")),
              "E_NO_SETTLEMENT 未找到该笔结算：" + std::string{setl_id});
  }
}

TEST(Refusals, AFileIsAskedForByItsNumber) {
  struct Download {
    const char* input;
    const char* told;
  };
  const Download kRows[] = {
      {R"({"fsDownloadIn":{"filename":"a.zip"}})",
       "E_FIELD 报文字段有误：input.fsDownloadIn.file_qury_no 不能为空"},
      {"{}", "E_FIELD 报文字段有误：input.fsDownloadIn 应为对象，不能为空"},
  };
  for (const Download& row : kRows) {
    WireBench bench;
    EXPECT_EQ(bench.refused(message("9102", kPharmacy, row.input)), row.told);
  }
}

TEST(Refusals, AnUnknownTransactionIsSaidToBeUnknown) {
  for (const char* infno : {"9999", "2102B", "1101A", "9001A", "22071"}) {
    WireBench bench;
    EXPECT_EQ(bench.refused(message(infno, kPharmacy, "{}")),
              "E_UNKNOWN_INFNO 不支持的交易编号：infno " + std::string{infno});
    EXPECT_EQ(bench.metrics.transactions.back().first, "other");
  }
}

TEST(Refusals, LoadAnswersSayWhenToComeBack) {
  const std::pair<Reason, unsigned> kRows[] = {{Reason::kBusy, 429}, {Reason::kDeadline, 503}};
  for (const auto& [reason, status] : kRows) {
    WireBench bench;
    bench.submitted(sale());
    bench.reply(NotDecided{{reason, "", {}, {}}});
    EXPECT_EQ(bench.answer().http_status, status);
    EXPECT_EQ(bench.answer().headers,
              (std::vector<std::pair<std::string, std::string>>{{"Retry-After", "1"}}));
    EXPECT_EQ(field(bench.body(), "retry_after"), "1");
    EXPECT_EQ(field(bench.body(), "infcode"), "-2");
  }
}

TEST(Refusals, WhatWasNotDecidedIsAnswered200) {
  WireBench bench;
  bench.submitted(sale());
  bench.reply(NotDecided{{Reason::kNoPerson, "4401", {}, {}}});
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_EQ(field(bench.body(), "err_msg"), "E_NO_PERSON 未找到该参保人：4401");
}

TEST(Refusals, StandInsAreWholeEnvelopes) {
  EXPECT_EQ(field(busy_body(ShedCause::kGlobal, 3), "retry_after"), "3");
  EXPECT_EQ(field(busy_body(ShedCause::kGlobal, 3), "infcode"), "-2");
  EXPECT_TRUE(field(busy_body(ShedCause::kDraining, 3), "err_msg").starts_with("E_BUSY "));
  EXPECT_TRUE(field(busy_body(ShedCause::kDeadline, 3), "err_msg").starts_with("E_DEADLINE "));
  EXPECT_EQ(field(unknown_body(), "infcode"), "-1");
  EXPECT_TRUE(field(unknown_body(), "err_msg").starts_with("E_UNKNOWN "));
  EXPECT_EQ(field(rejected_body(413, "太长"), "err_msg"), "E_FIELD 报文字段有误：太长");
  EXPECT_TRUE(field(rejected_body(404, ""), "err_msg").starts_with("E_NOT_FOUND "));
}

// ---- whatever comes ----

// One answer or one request, never both, never none, never a crash.
void takes_anything(WireBench& bench, std::string_view body) {
  const std::size_t answers = bench.loop.answers.size();
  const std::size_t requests = bench.service.submitted.size();
  bench.post(body);
  const std::size_t taken =
      bench.loop.answers.size() - answers + (bench.service.submitted.size() - requests);
  ASSERT_EQ(taken, 1u) << body;
  ASSERT_EQ(bench.loop.abandoned, 0);
  const bool answered = bench.loop.answers.size() > answers;
  ASSERT_EQ(answered ? field(bench.body(), "infcode") : "-2", "-2") << body;
}

TEST(Refusals, EveryFlippedBitAndEveryCutIsAnswered) {
  for (const std::string& plain : {sale(), bill()}) {
    WireBench bench;
    for (std::size_t at = 0; at < plain.size(); ++at) {
      for (unsigned bit = 0; bit < 8; ++bit) {
        std::string body = plain;
        body[at] = static_cast<char>(static_cast<unsigned char>(body[at]) ^ (1u << bit));
        takes_anything(bench, body);
      }
      takes_anything(bench, plain.substr(0, at));
    }
  }
}

RC_GTEST_PROP(Refusals, AnyDamageIsAnswered, ()) {
  WireBench bench;
  std::string body = *rc::gen::elementOf(std::vector<std::string>{sale(), bill()});
  const auto edits = *rc::gen::inRange(1, 8);
  for (int i = 0; i < edits; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
    const auto piece = *rc::gen::elementOf(std::vector<std::string>{
        "\"", "{", "}", "[", "]", ":", ",", "-", "1e9", "null", "true", "\\u0000", "0.001", ""});
    body.replace(at, *rc::gen::inRange<std::size_t>(0, 3), piece);
  }
  takes_anything(bench, body);
}

}  // namespace
}  // namespace gongji::gateway::wire
