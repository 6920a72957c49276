// What clients are known to send differently, and what must make no difference.
#include <gtest/gtest.h>

#include "tests/gateway/wire/stories.hpp"

namespace gongji::gateway::wire {
namespace {

using namespace testing;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

std::string as_json_string(std::string_view json) {
  std::string out = "\"";
  for (const char c : json) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

struct Row {
  const char* what;
  std::string body;
};

std::vector<Row> same_bills() {
  const std::string plain = bill();
  return {
      {"byte-order mark", "\xEF\xBB\xBF" + plain},
      {"surrounding white space", "\r\n " + plain + " \n"},
      {"input as a JSON string",
       message("2207", kHospital, as_json_string(kBillInput), "H44010600456202611221102050031")},
      {"numbers instead of strings", replaced(plain, "\"240.00\"", "240.00")},
      {"a number without decimals", replaced(plain, "\"240.00\"", "240")},
      {"more zeros", replaced(plain, "\"240.00\"", "\"240.0000\"")},
      {"a flag of two digits",
       replaced(plain, R"("acct_used_flag":"1")", R"("acct_used_flag":"01")")},
      {"a flag as a number", replaced(plain, R"("acct_used_flag":"1")", R"("acct_used_flag":1)")},
      {"infno as a number", replaced(plain, R"("infno":"2207")", R"("infno":2207)")},
      {"unknown fields of any shape",
       replaced(plain, "\"data\":{", R"("x":[{"psn_no":"2"}],"data":{"y":{"z":[]},"w":1.5e3,)")},
      {"unknown envelope fields",
       replaced(plain, "\"infver\"", R"("recer_admdvs":"1","serv_code":null,"infver")")},
      {"null and empty optional fields",
       replaced(plain, "\"psn_no\"", R"("invo":"","card_sn":null,"hosp_part_amt":"","psn_no")")},
      {"escaped characters", replaced(plain, R"("psn_no":"44)", R"("psn_no":"\u0034\u0034)")},
  };
}

TEST(Tolerances, MakeTheSameRequestWithTheSameDigest) {
  WireBench bench;
  const Request plain = bench.submitted(bill());
  for (const Row& row : same_bills()) {
    const Request request = bench.submitted(row.body);
    EXPECT_EQ(request.origin.business_input, plain.origin.business_input) << row.what;
    EXPECT_EQ(request.origin.digest, plain.origin.digest) << row.what;
    EXPECT_EQ(request.key_hash, plain.key_hash) << row.what;
    EXPECT_TRUE(std::get<SettleCommand>(request.ask) == std::get<SettleCommand>(plain.ask))
        << row.what;
  }
}

TEST(Tolerances, TheFourAmountsMayAllBeEmpty) {
  WireBench bench;
  const Request request = bench.submitted(message(
      "2207", kHospital,
      R"({"data":{"psn_no":"1","mdtrt_cert_type":"01","medfee_sumamt":"12","fulamt_ownpay_amt":"",)"
      R"("overlmt_selfpay":"","preselfpay_amt":null,"inscp_scp_amt":""}})"));
  const BillParts& parts = std::get<SettleCommand>(request.ask).parts;
  EXPECT_EQ(parts.in_scope, std::nullopt);
  EXPECT_EQ(parts.full_own_pay, Fen{0});
}

TEST(Tolerances, AccountAndFamilyFlags) {
  struct FlagRow {
    const char* flags;
    bool account;
    bool family;
  };
  const FlagRow kRows[] = {
      {"", true, true},
      {R"(,"acct_used_flag":"")", true, true},
      {R"(,"acct_used_flag":"1")", true, true},
      {R"(,"acct_used_flag":"01")", true, true},
      {R"(,"acct_used_flag":"0")", false, true},
      {R"(,"acct_used_flag":"00")", false, true},
      {R"(,"acct_used_flag":0)", false, true},
      {R"(,"use_family":"0")", true, false},
      {R"(,"use_family":false)", true, false},
      {R"(,"use_family":"1")", true, true},
  };
  for (const FlagRow& row : kRows) {
    WireBench bench;
    const Request request = bench.submitted(
        message("2207", kHospital,
                R"({"data":{"psn_no":"1","mdtrt_cert_type":"01","medfee_sumamt":1)" +
                    std::string{row.flags} + "}}"));
    EXPECT_EQ(std::get<SettleCommand>(request.ask).use_account, row.account) << row.flags;
    EXPECT_EQ(std::get<SettleCommand>(request.ask).use_family, row.family) << row.flags;
  }
}

TEST(Tolerances, TheInpatientBillMayStandInMdtrtinfo) {
  WireBench bench;
  std::string input = replaced(kBillInput, "\"data\"", "\"mdtrtinfo\"");
  EXPECT_TRUE(std::holds_alternative<SettleCommand>(
      bench.submitted(message("2304", kHospital, input)).ask));
  EXPECT_EQ(bench.refused(message("2207", kHospital, input)),
            "E_FIELD 报文字段有误：input.data 应为对象，不能为空");
}

TEST(Tolerances, AMissingMedTypeIsTheTransactionsOwn) {
  const std::pair<const char*, const char*> kRows[] = {{"2207", "11"}, {"2304", "21"}};
  for (const auto& [infno, med_type] : kRows) {
    WireBench bench;
    const Request request = bench.submitted(message(
        infno, kHospital, R"({"data":{"psn_no":"1","mdtrt_cert_type":"01","medfee_sumamt":1}})"));
    EXPECT_EQ(std::get<SettleCommand>(request.ask).med_type, med_type);
  }
}

TEST(Tolerances, EveryPathStyleReachesTheSameDispatcher) {
  WireBench bench;
  for (const char* target : {"/fsi/api", "/fsi/api/", "/fsi/api?x=1", "/fsi/api/2207",
                             "/fsi/api/1101", "/fsi/api/outpatientSettleService/saveSettletmentV2",
                             "/fsi/api/outpatientSettleService/saveSettletmentV2/"}) {
    const std::size_t before = bench.service.submitted.size();
    bench.post(bill(), target);
    EXPECT_EQ(bench.service.submitted.size(), before + 1) << target;
  }
}

}  // namespace
}  // namespace gongji::gateway::wire
