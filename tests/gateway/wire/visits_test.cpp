// 2201 … 2205: what they become, what is kept of them, what they answer.
#include <gtest/gtest.h>

#include "gateway/wire/digest.hpp"
#include "tests/gateway/wire/stories.hpp"

namespace gongji::gateway::wire {
namespace {

using namespace testing;

constexpr std::string_view kRegistration =
    R"({"data":{"psn_no":"4401","insutype":"310","begntime":"2026-11-22 10:00:00",)"
    R"("mdtrt_cert_type":"02","mdtrt_cert_no":"440100199001010010","ipt_otp_no":"OP-77",)"
    R"("atddr_no":"D1","dr_name":"李医生","dept_code":"01","dept_name":"内科","caty":"A03"}})";
constexpr std::string_view kWithdrawal =
    R"({"data":{"psn_no":"4401","mdtrt_id":"M1","ipt_otp_no":"OP-77"}})";
constexpr std::string_view kDiagnoses =
    R"({"mdtrtinfo":{"mdtrt_id":"M1","psn_no":"4401","med_type":"11","begntime":"2026-11-22"},)"
    R"("diseinfo":[{"diag_type":"1","diag_srt_no":1,"diag_code":"J00","diag_name":"感冒"},)"
    R"({"diag_type":"2","diag_srt_no":"2","diag_code":"R05"}]})";
constexpr std::string_view kFees =
    R"({"feedetail":[{"feedetl_sn":"1","mdtrt_id":"M1","psn_no":"4401","chrg_bchno":"B1",)"
    R"("det_item_fee_sumamt":"56.5","cnt":2,"pric":"28.25","rx_circ_flag":"0"},)"
    R"({"feedetl_sn":2,"mdtrt_id":"M1","psn_no":"4401","det_item_fee_sumamt":30}]})";
constexpr std::string_view kDropped =
    R"({"data":{"mdtrt_id":"M1","psn_no":"4401","chrg_bchno":"0000"}})";

struct Row {
  const char* infno;
  std::string_view input;
  VisitStep step;
  const char* visit_id;
  const char* output;  // of record 77 of that day
};
const Row kRows[] = {
    {"2201", kRegistration, VisitStep::kRegister, "",
     R"({"data":{"mdtrt_id":"M20261122000000000077","psn_no":"4401","ipt_otp_no":"OP-77"}})"},
    {"2202", kWithdrawal, VisitStep::kWithdraw, "M1", "{}"},
    {"2203", kDiagnoses, VisitStep::kDescribe, "M1", "{}"},
    {"2203A", kDiagnoses, VisitStep::kDescribe, "M1", "{}"},
    {"2204", kFees, VisitStep::kAddFees, "M1", nullptr},
    {"2205", kDropped, VisitStep::kDropFees, "M1", "{}"},
};

std::shared_ptr<JournalRecord> recorded(const Request& request) {
  auto record = std::make_shared<JournalRecord>();
  record->sequence = Sequence{77};
  record->at = civil(10, 15, 30, 548);
  record->origin = request.origin;
  record->command = std::get<RecordVisitCommand>(request.ask);
  record->outcome = Events{};
  return record;
}

TEST(Visits, AreRecordedAsTheyWereSaid) {
  for (const Row& row : kRows) {
    WireBench bench;
    const Request request = bench.submitted(message(row.infno, kHospital, row.input));
    const auto& visit = std::get<RecordVisitCommand>(request.ask);
    EXPECT_EQ(visit, (RecordVisitCommand{row.step, PersonId{"4401"}, row.visit_id, "440100"}))
        << row.infno;
    EXPECT_EQ(request.origin.key.infno, row.infno);
    EXPECT_EQ(request.key_hash, message_key_hash(request.origin.key)) << row.infno;
    EXPECT_EQ(request.origin.digest, sha256(request.origin.business_input)) << row.infno;
    bench.reply(Recorded{recorded(request), false, nullptr});
    if (row.output != nullptr) {
      EXPECT_TRUE(bench.body().ends_with("\"output\":" + std::string{row.output} + "}"))
          << bench.body();
    }
    EXPECT_EQ(field(bench.body(), "inf_refmsgid"), "440100202611221015300000000077") << row.infno;
  }
}

TEST(Visits, KeepEveryDocumentedFieldForAuditors) {
  WireBench bench;
  const Request diagnoses = bench.submitted(message("2203", kHospital, kDiagnoses));
  EXPECT_EQ(diagnoses.origin.business_input,
            ">mdtrtinfo\nmdtrt_id=M1\npsn_no=4401\nmed_type=11\nbegntime=2026-11-22\n"
            ">diseinfo[0]\ndiag_type=1\ndiag_srt_no=1\ndiag_code=J00\ndiag_name=感冒\n"
            ">diseinfo[1]\ndiag_type=2\ndiag_srt_no=2\ndiag_code=R05\n");
  const Request fees = bench.submitted(message("2204", kHospital, kFees));
  EXPECT_EQ(fees.origin.business_input,
            ">feedetail[0]\nfeedetl_sn=1\nmdtrt_id=M1\npsn_no=4401\nchrg_bchno=B1\n"
            "rx_circ_flag=0\ndet_item_fee_sumamt=56.50\ncnt=2.0000\npric=28.250000\n"
            ">feedetail[1]\nfeedetl_sn=2\nmdtrt_id=M1\npsn_no=4401\ndet_item_fee_sumamt=30.00\n");
}

TEST(Visits, FeesAreAnsweredLineByLine) {
  WireBench bench;
  const Request request = bench.submitted(message("2204", kHospital, kFees));
  bench.reply(Recorded{recorded(request), false, nullptr});
  const auto line = [](const char* number, const char* amount, const char* count,
                       const char* price) {
    return std::string{R"({"feedetl_sn":")"} + number + R"(","det_item_fee_sumamt":)" + amount +
           ",\"cnt\":" + count + ",\"pric\":" + price +
           R"(,"pric_uplmt_amt":999999.000000,"selfpay_prop":0.0000,"fulamt_ownpay_amt":0.00,)"
           R"("overlmt_amt":0.00,"preselfpay_amt":0.00,"inscp_scp_amt":)" +
           amount +
           R"(,"chrgitm_lv":"01","med_chrgitm_type":"14","bas_medn_flag":"",)"
           R"("hi_nego_drug_flag":"","chld_medc_flag":"","list_sp_item_flag":"",)"
           R"("drt_reim_flag":"","memo":""})";
  };
  EXPECT_TRUE(bench.body().ends_with("\"output\":{\"result\":[" +
                                     line("1", "56.50", "2.0000", "28.250000") + "," +
                                     line("2", "30.00", "0.0000", "0.000000") + "]}}"))
      << bench.body();
}

TEST(Visits, OneLineMayComeWithoutAList) {
  WireBench bench;
  const auto input = [](std::string_view open, std::string_view close) {
    return R"({"feedetail":)" + std::string{open} +
           R"({"feedetl_sn":"1","mdtrt_id":"M1","psn_no":"4401","det_item_fee_sumamt":1})" +
           std::string{close} + "}";
  };
  EXPECT_EQ(bench.submitted(message("2204", kHospital, input("", ""))).origin.digest,
            bench.submitted(message("2204", kHospital, input("[", "]"))).origin.digest);
}

TEST(Visits, AreNamedByTheNumberTheirInstitutionGaveThem) {
  WireBench bench;
  const KeyHash name = key_hash({"visit", kHospital, "4401", "OP-77"});
  EXPECT_EQ(bench.submitted(message("2201", kHospital, kRegistration)).business_hash, name);
  EXPECT_EQ(bench.submitted(message("2202", kHospital, kWithdrawal)).business_hash, name);
  for (const auto& [infno, input] :
       {std::pair{"2203", kDiagnoses}, std::pair{"2204", kFees}, std::pair{"2205", kDropped}})
    EXPECT_EQ(bench.submitted(message(infno, kHospital, input)).business_hash, std::nullopt);
}

TEST(Visits, CannotBeReversed) {
  for (const char* infno : {"2201", "2202", "2203A", "2204", "2205"}) {
    WireBench bench;
    const std::string input = R"({"data":{"omsgid":"m","oinfno":")" + std::string{infno} + "\"}}";
    EXPECT_EQ(bench.refused(message("2601", kHospital, input)),
              "E_FIELD 报文字段有误：input.data.oinfno 该交易不能冲正");
  }
}

TEST(Visits, WithAWrongFieldAreRefusedByItsName) {
  struct WrongRow {
    const char* infno;
    const char* input;
    const char* detail;
  };
  const WrongRow kWrong[] = {
      {"2201", R"({})", "input.data 应为对象，不能为空"},
      {"2201", R"({"data":{"ipt_otp_no":"1"}})", "input.data.psn_no 不能为空"},
      {"2201", R"({"data":{"psn_no":"1"}})", "input.data.ipt_otp_no 不能为空"},
      {"2202", R"({"data":{"psn_no":"1"}})", "input.data.mdtrt_id 不能为空"},
      {"2203", R"({"data":{"psn_no":"1","mdtrt_id":"M"}})", "input.mdtrtinfo 应为对象，不能为空"},
      {"2203", R"({"mdtrtinfo":{"psn_no":"1","mdtrt_id":"M"},"diseinfo":["J00"]})",
       "input.diseinfo[0] 应为对象"},
      {"2204", R"({})", "input.feedetail 不能为空"},
      {"2204", R"({"feedetail":[]})", "input.feedetail 不能为空"},
      {"2204",
       R"({"feedetail":[{"feedetl_sn":"1","psn_no":"1","mdtrt_id":"M","det_item_fee_sumamt":-1}]})",
       "input.feedetail[0].det_item_fee_sumamt 不能带正负号"},
      {"2204", R"({"feedetail":[{"feedetl_sn":"1","psn_no":"1","mdtrt_id":"M"}]})",
       "input.feedetail[0].det_item_fee_sumamt 不能为空"},
      {"2204",
       R"({"feedetail":[{"feedetl_sn":"1","psn_no":"1","mdtrt_id":"M","det_item_fee_sumamt":1},)"
       R"({"feedetl_sn":"2","psn_no":"2","mdtrt_id":"M","det_item_fee_sumamt":1}]})",
       "input.feedetail[1].psn_no 与首行不是同一人"},
      {"2204",
       R"({"feedetail":[{"feedetl_sn":"1","psn_no":"1","mdtrt_id":"M","det_item_fee_sumamt":1},)"
       R"({"feedetl_sn":"2","psn_no":"1","mdtrt_id":"N","det_item_fee_sumamt":1}]})",
       "input.feedetail[1].mdtrt_id 与首行不是同一次就诊"},
      {"2205", R"({"data":{"mdtrt_id":"M"}})", "input.data.psn_no 不能为空"},
  };
  for (const WrongRow& row : kWrong) {
    WireBench bench;
    EXPECT_EQ(bench.refused(message(row.infno, kHospital, row.input)),
              "E_FIELD 报文字段有误：" + std::string{row.detail});
  }
}

}  // namespace
}  // namespace gongji::gateway::wire
