// The answers byte by byte, from records made by hand. The files in golden/ are what a client
// reads; a change there is a change of the interface.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "gateway/wire/answer_renderer.hpp"
#include "tests/gateway/wire/identities.hpp"
#include "tests/gateway/wire/stories.hpp"
#include "tests/test_places.hpp"

namespace gongji::gateway::wire {
namespace {

using namespace testing;

std::string golden(const std::string& name) {
  const std::string path = std::string{GONGJI_SOURCE_DIR} + "/tests/gateway/wire/golden/" + name;
  std::ifstream file{path};
  std::stringstream text;
  text << file.rdbuf();
  std::string content = text.str();
  while (content.ends_with('\n')) content.pop_back();
  return content;
}

std::shared_ptr<JournalRecord> decided_sale(WireBench& bench) {
  return settlement_record(bench.submitted(sale()), 42, civil(10, 15, 30, 548), kSaleDecided);
}
std::shared_ptr<JournalRecord> decided_bill(WireBench& bench) {
  return settlement_record(bench.submitted(bill()), 77, civil(10, 15, 30, 548), kBillDecided);
}

std::string cancel(std::string_view infno, std::string_view institution, std::string_view setl_id) {
  return message(infno, institution,
                 R"({"data":{"setl_id":")" + std::string{setl_id} +
                     R"(","mdtrt_id":"M2026112200000077","psn_no":")" + std::string{kPatient} +
                     R"("}})",
                 "H44010600456202611221140180002");
}

// Replies with the cancel of a settlement decided before on the same bench.
void reply_with_cancel(WireBench& bench, std::string_view infno, std::string_view institution,
                       const std::shared_ptr<JournalRecord>& settled) {
  bench.reply(Recorded{settled, false, nullptr});
  const Request request = bench.submitted(cancel(infno, institution, "S20261122000000000077"));
  bench.reply(Recorded{cancel_record(request, *settled, 81, civil(11, 40, 18, 51), Fen{2500}),
                       false, settled});
}

PersonFound found_patient(Instant at) {
  PersonFound found;
  found.person.id = PersonId{kPatient};
  found.person.card = patient_card();
  found.person.current_year = Fen{5000};
  found.person.carryover = Fen{2000};
  found.family_available = Fen{999999};
  found.at = at;
  return found;
}

Quoted quoted_sale() {
  Quoted quoted;
  quoted.would_settle.patient = PersonId{kPatient};
  quoted.would_settle.card = patient_card();
  quoted.would_settle.bill = Fen{6650};
  quoted.would_settle.own = {{PersonId{kPatient}, Bucket::kCarryover, Fen{2000}, {}}};
  quoted.would_settle.cash = Fen{4650};
  quoted.would_settle.zero_reason = Reason::kFundEmpty;
  quoted.profile = {"SH-2025", "00"};
  quoted.balance_after = Fen{150};
  quoted.at = civil(10, 15, 30, 548);
  return quoted;
}

Refusal stale() { return {Reason::kQuoteStale, "", Split{Fen{2000}, Fen{0}, Fen{4650}}, {}}; }

struct Row {
  const char* file;
  std::function<void(WireBench&)> play;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {"2102_settled.json",
       [](WireBench& bench) {
         bench.reply(Recorded{decided_sale(bench), false, nullptr});
       }},
      {"2207_settled.json",
       [](WireBench& bench) {
         bench.reply(Recorded{decided_bill(bench), false, nullptr});
       }},
      {"2103_cancelled.json",
       [](WireBench& bench) { reply_with_cancel(bench, "2103", kPharmacy, decided_sale(bench)); }},
      {"2208_cancelled.json",
       [](WireBench& bench) { reply_with_cancel(bench, "2208", kHospital, decided_bill(bench)); }},
      {"2101_quoted.json",
       [](WireBench& bench) {
         bench.submitted(message("2101", kPharmacy, kSaleInput));
         bench.reply(quoted_sale());
       }},
      {"2102_stale.json",
       [](WireBench& bench) {
         const Request request = bench.submitted(sale());
         bench.reply(Recorded{refusal_record(request, 43, civil(10, 15, 30, 548), stale()), false,
                              nullptr});
       }},
      {"2102_refused.json",
       [](WireBench& bench) {
         const Request request = bench.submitted(sale());
         bench.reply(Recorded{refusal_record(request, 44, civil(10, 15, 30, 548),
                                             {Reason::kNotOwnCard, "mdtrt_cert_no", {}, {}}),
                              false, nullptr});
       }},
      {"1101_found.json",
       [](WireBench& bench) {
         bench.submitted(message("1101", kPharmacy,
                                 R"({"data":{"mdtrt_cert_type":"01","mdtrt_cert_no":"44"}})"));
         bench.reply(found_patient(civil(10, 15, 30, 548)));
       }},
      {"2601_undone.json",
       [](WireBench& bench) {
         const auto settled = decided_sale(bench);
         bench.reply(Recorded{settled, false, nullptr});
         const Request request = bench.submitted(
             message("2601", kPharmacy, R"({"data":{"omsgid":"m","oinfno":"2102"}})", "undo-1"));
         auto undo = cancel_record(request, *settled, 45, civil(10, 18, 2, 31), Fen{2000});
         bench.reply(Recorded{undo, false, settled});
       }},
      {"9001_signed_in.json",
       [](WireBench& bench) {
         bench.post(message("9001", kPharmacy, R"({"signIn":{"opter_no":"0031"}})"));
       }},
      {"9002_signed_out.json",
       [](WireBench& bench) {
         bench.post(message("9002", kPharmacy, R"({"signOut":{"sign_no":"S"}})"));
       }},
  };
  return kRows;
}

TEST(Answers, AreTheGoldenBytes) {
  for (const Row& row : rows()) {
    WireBench bench;
    row.play(bench);
    EXPECT_EQ(bench.body(), golden(row.file)) << row.file;
    EXPECT_EQ(bench.answer().http_status, 200u) << row.file;
  }
}

TEST(Answers, KeepEveryIdentityInEveryGoldenAnswer) {
  int checked = 0;
  for (const Row& row : rows()) {
    const std::string body = golden(row.file);
    if (body.find("\"medfee_sumamt\"") == std::string::npos) continue;
    EXPECT_EQ(broken_identity_in(body), "") << row.file;
    ++checked;
  }
  EXPECT_EQ(checked, 6);
}

TEST(Answers, TheIdentityCheckerSeesABrokenFen) {
  std::string body = golden("2207_settled.json");
  for (const char* amount :
       {"\"psn_part_amt\":124.50", "\"acct_pay\":114.50", "\"hifp_pay\":115.50",
        "\"inscp_scp_amt\":215.00,\"act", "\"fund_payamt\":114.50", "\"acct_mulaid_pay\":114.50"}) {
    std::string broken = body;
    const std::size_t at = broken.find(amount);
    ASSERT_NE(at, std::string::npos) << amount;
    broken[broken.find('.', at) + 2] = '1';
    EXPECT_NE(broken_identity_in(broken), "") << amount;
  }
}

TEST(Answers, EveryDocumentedFieldIsThereAndNoneIsNull) {
  constexpr std::string_view kDocumented[] = {"mdtrt_id",
                                              "setl_id",
                                              "medins_setl_id",
                                              "psn_no",
                                              "psn_name",
                                              "psn_cert_type",
                                              "certno",
                                              "gend",
                                              "naty",
                                              "brdy",
                                              "age",
                                              "insutype",
                                              "psn_type",
                                              "cvlserv_flag",
                                              "setl_time",
                                              "mdtrt_cert_type",
                                              "med_type",
                                              "medfee_sumamt",
                                              "fulamt_ownpay_amt",
                                              "overlmt_selfpay",
                                              "preselfpay_amt",
                                              "inscp_scp_amt",
                                              "act_pay_dedc",
                                              "hifp_pay",
                                              "pool_prop_selfpay",
                                              "cvlserv_pay",
                                              "hifes_pay",
                                              "hifmi_pay",
                                              "hifob_pay",
                                              "maf_pay",
                                              "oth_pay",
                                              "hifdm_pay",
                                              "fund_pay_sumamt",
                                              "psn_part_amt",
                                              "acct_pay",
                                              "psn_cash_pay",
                                              "acct_mulaid_pay",
                                              "hosp_part_amt",
                                              "balc",
                                              "clr_optins",
                                              "clr_way",
                                              "clr_type",
                                              "zero_reason",
                                              "counts_relief",
                                              "counts_deductible",
                                              "profile"};
  for (const char* file : {"2102_settled.json", "2207_settled.json", "2103_cancelled.json",
                           "2208_cancelled.json", "2101_quoted.json"}) {
    const std::string body = golden(file);
    for (const std::string_view name : kDocumented) EXPECT_NE(field(body, name), "?") << name;
    EXPECT_EQ(body.find("null"), std::string::npos) << file;
  }
}

// ---- figures beyond the stories ----

struct BillRow {
  const char* name;
  const char* parts;  // fields beside medfee_sumamt 300.00
  Decided decided;
  bool includes_mulaid;
  const char* acct_pay;
  const char* mulaid;
  const char* cash;
  const char* in_scope;
};

TEST(Answers, KeepTheIdentitiesWhateverPartsWereGiven) {
  const Split split{Fen{4000}, Fen{6000}, Fen{5000}};
  const BillRow kRows[] = {
      {"nothing but the total",
       "",
       {{Fen{10000}, Fen{15000}, Fen{5000}}, Fen{7}},
       true,
       "250.00",
       "150.00",
       "50.00",
       "300.00"},
      {"four amounts empty, as some clients send them",
       R"("fulamt_ownpay_amt":"","overlmt_selfpay":"","preselfpay_amt":"","inscp_scp_amt":"",)",
       {{Fen{30000}, Fen{0}, Fen{0}}, Fen{7}},
       true,
       "300.00",
       "0.00",
       "0.00",
       "300.00"},
      {"hospital bears a part",
       R"("hosp_part_amt":50,"fund_pay_sumamt":100,)",
       {split, Fen{0}},
       true,
       "100.00",
       "60.00",
       "50.00",
       "300.00"},
      {"own pay outside the bill",
       R"("fulamt_ownpay_amt":150,)",
       {split, Fen{0}},
       true,
       "100.00",
       "60.00",
       "200.00",
       "150.00"},
      {"current-year money taken by the core",
       R"("cur_acct_pay":"150.00",)",
       {split, Fen{0}},
       true,
       "250.00",
       "60.00",
       "50.00",
       "300.00"},
      {"family money beside acct_pay",
       R"("fulamt_ownpay_amt":150,)",
       {split, Fen{0}, Reason::kNone, {}, {}, "EX-2025"},
       false,
       "40.00",
       "60.00",
       "200.00",
       "150.00"},
      {"a profile that is gone",
       R"("fulamt_ownpay_amt":150,)",
       {split, Fen{0}, Reason::kNone, {}, {}, "GONE"},
       true,
       "100.00",
       "60.00",
       "200.00",
       "150.00"},
  };
  for (const BillRow& row : kRows) {
    for (const bool cancelled : {false, true}) {
      WireBench bench;
      const std::string input = R"({"data":{"psn_no":"1","mdtrt_cert_type":"01",)" +
                                std::string{row.parts} + R"("medfee_sumamt":300}})";
      const Request request = bench.submitted(message("2304", kHospital, input));
      const auto settled = settlement_record(request, 77, civil(11, 0, 0, 0), row.decided);
      if (cancelled) {
        reply_with_cancel(bench, "2305", kHospital, settled);
      } else {
        bench.reply(Recorded{settled, false, nullptr});
      }
      const std::string sign = cancelled ? "-" : "";
      const auto signed_text = [&](std::string_view text) {
        return text == "0.00" ? std::string{text} : sign + std::string{text};
      };
      EXPECT_EQ(broken_identity_in(bench.body(), row.includes_mulaid), "") << row.name;
      EXPECT_EQ(field(bench.body(), "acct_pay"), signed_text(row.acct_pay)) << row.name;
      EXPECT_EQ(field(bench.body(), "acct_mulaid_pay"), signed_text(row.mulaid)) << row.name;
      EXPECT_EQ(field(bench.body(), "psn_cash_pay"), signed_text(row.cash)) << row.name;
      EXPECT_EQ(field(bench.body(), "inscp_scp_amt"), signed_text(row.in_scope)) << row.name;
      EXPECT_EQ(field(bench.body(), "clr_type"), "21") << row.name;
    }
  }
}

// ---- other outputs ----

TEST(Answers, MessageStatesCarryTheStoredOutput) {
  WireBench bench;
  const auto settled = decided_sale(bench);
  bench.reply(Recorded{settled, false, nullptr});
  const std::string stored = bench.body().substr(bench.body().find("\"setlinfo\""));
  const std::string query =
      message("2602", kPharmacy, R"({"data":{"omsgid":"m","oinfno":"2102"}})", "query-1");
  const std::pair<MessageState, const char*> kStates[] = {
      {MessageState::kApplied, "applied"},
      {MessageState::kReversed, "reversed"},
  };
  for (const auto& [state, name] : kStates) {
    bench.post(query);
    bench.reply(MessageFound{state, settled, nullptr});
    EXPECT_EQ(field(bench.body(), "state"), name);
    EXPECT_EQ(field(bench.body(), "infcode"), "0");
    EXPECT_NE(bench.body().find(stored.substr(0, stored.size() - 2)), std::string::npos);
  }
  const std::pair<MessageState, const char*> kEmpty[] = {
      {MessageState::kUnknown, "unknown"},
      {MessageState::kInFlight, "in_flight"},
      {MessageState::kReversedBeforeArrival, "reversed_before_arrival"},
  };
  for (const auto& [state, name] : kEmpty) {
    bench.post(query);
    bench.reply(MessageFound{state, nullptr, nullptr});
    EXPECT_NE(bench.body().find(std::string{R"("output":{"state":")"} + name +
                                R"(","result":{},"err_msg":""})"),
              std::string::npos)
        << bench.body();
  }
}

TEST(Answers, ARefusedMessageIsFoundWithItsReason) {
  WireBench bench;
  const Request request = bench.submitted(sale());
  const auto refused =
      refusal_record(request, 44, civil(10, 15, 30, 548), {Reason::kSuspended, "", {}, {}});
  bench.reply(Recorded{refused, false, nullptr});
  bench.post(message("2602", kPharmacy, R"({"data":{"omsgid":"m","oinfno":"2102"}})", "query-1"));
  bench.reply(MessageFound{MessageState::kRefused, refused, nullptr});
  EXPECT_EQ(field(bench.body(), "state"), "refused");
  EXPECT_NE(bench.body().find(R"("result":{},"err_msg":"E_SUSPENDED )"), std::string::npos);
}

TEST(Answers, ARecordThatIsNotWhatItsNumberSaysIsUnknownNotACrash) {
  WireBench bench;
  const Request request = bench.submitted(sale());
  auto empty = refusal_record(request, 44, civil(10, 15, 30, 548), {});
  empty->outcome = Events{};
  bench.reply(Recorded{empty, false, nullptr});
  EXPECT_EQ(field(bench.body(), "infcode"), "-1");

  WireBench other;
  const auto settled = decided_sale(other);
  other.reply(Recorded{settled, false, nullptr});
  const Request cancelling = other.submitted(cancel("2103", kPharmacy, "S20261122000000000042"));
  const auto without = cancel_record(cancelling, *settled, 50, civil(12, 0, 0, 0), Fen{0});
  other.reply(Recorded{without, false, nullptr});
  EXPECT_EQ(field(other.body(), "infcode"), "-1");
}

TEST(Answers, InfcodeIsTextForInstitutionsThatNeedIt) {
  WireBench bench;
  const Request request = bench.submitted(message("2207", kStringInfcode, kBillInput));
  bench.reply(
      Recorded{settlement_record(request, 1, civil(11, 0, 0, 0), kBillDecided), false, nullptr});
  EXPECT_TRUE(bench.body().starts_with(R"({"infcode":"0",)")) << bench.body();
  bench.post(message("2207", kStringInfcode, "{}"));
  EXPECT_TRUE(bench.body().starts_with(R"({"infcode":"-2",)")) << bench.body();
}

TEST(Answers, LinesOfASaleAddUpToItsOwnPayPart) {
  struct LinesRow {
    const char* head;
    const char* lines;
    const char* own_pay[2];
    const char* level[2];
  };
  const LinesRow kRows[] = {
      {R"("fulamt_ownpay_amt":"30",)",
       R"([{"det_item_fee_sumamt":50,"fulamt_ownpay_amt":30},{"det_item_fee_sumamt":30}])",
       {"30.00", "0.00"},
       {"02", "01"}},
      {"",
       R"([{"det_item_fee_sumamt":50},{"det_item_fee_sumamt":30,"fulamt_ownpay_amt":"30.0"}])",
       {"0.00", "30.00"},
       {"01", "03"}},
      {R"("fulamt_ownpay_amt":"40",)",
       R"([{"det_item_fee_sumamt":50},{"det_item_fee_sumamt":30}])",
       {"10.00", "30.00"},
       {"02", "03"}},
      {R"("fulamt_ownpay_amt":"80",)",
       R"([{"det_item_fee_sumamt":50,"fulamt_ownpay_amt":50},{"det_item_fee_sumamt":30}])",
       {"50.00", "30.00"},
       {"03", "03"}},
  };
  for (const LinesRow& row : kRows) {
    WireBench bench;
    const std::string input = R"({"druginfo":{"psn_no":"1","mdtrt_cert_type":"01",)" +
                              std::string{row.head} + R"("medfee_sumamt":80},"drugdetail":)" +
                              row.lines + "}";
    const Request request = bench.submitted(message("2102", kPharmacy, input));
    const Fen bill = std::get<SettleCommand>(request.ask).parts.medfee_sum -
                     std::get<SettleCommand>(request.ask).parts.full_own_pay;
    bench.reply(
        Recorded{settlement_record(request, 5, civil(11, 0, 0, 0), {{bill, Fen{}, Fen{}}, Fen{0}}),
                 false, nullptr});
    EXPECT_EQ(broken_identity_in(bench.body()), "") << row.lines;
    std::string_view rest = bench.body();
    for (int i = 0; i < 2; ++i) {
      rest.remove_prefix(rest.find("\"feedetl_sn\"") + 1);
      const std::string line = "{\"" + std::string{rest.substr(0, rest.find('}') + 1)};
      EXPECT_EQ(field(line, "fulamt_ownpay_amt"), row.own_pay[i]) << row.lines << i;
      EXPECT_EQ(field(line, "chrgitm_lv"), row.level[i]) << row.lines << i;
    }
  }
}

}  // namespace
}  // namespace gongji::gateway::wire
