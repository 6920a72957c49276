// What a message becomes: the request that reaches the service.
#include <gtest/gtest.h>

#include "gateway/wire/digest.hpp"
#include "tests/gateway/wire/stories.hpp"

namespace gongji::gateway::wire {
namespace {

using namespace testing;

std::string cancel_input(std::string_view setl_id) {
  return R"({"data":{"setl_id":")" + std::string{setl_id} + R"(","mdtrt_id":"M","psn_no":"4401"}})";
}

TEST(Requests, ASaleBecomesASettlementOfItsPharmacy) {
  WireBench bench;
  const Request request = bench.submitted(sale());
  const auto& command = std::get<SettleCommand>(request.ask);
  EXPECT_EQ(command.patient, PersonId{kPatient});
  EXPECT_EQ(command.certificate, (Certificate{"01", "EC-TOKEN-EXAMPLE-0001"}));
  EXPECT_EQ(command.place.institution, InstitutionCode{kPharmacy});
  EXPECT_EQ(command.place.area, "440100");
  EXPECT_EQ(command.place.channel, Channel::kPharmacy);
  EXPECT_EQ(command.med_type, "41");
  EXPECT_EQ(command.visit_id, "");
  EXPECT_EQ(command.parts.medfee_sum, Fen{8650});
  EXPECT_EQ(command.parts.full_own_pay, Fen{2000});
  EXPECT_EQ(command.parts.in_scope, std::nullopt);
  EXPECT_TRUE(command.use_account);
  EXPECT_TRUE(command.use_family);
  EXPECT_FALSE(command.quoted);

  const MessageKey key{InstitutionCode{kPharmacy}, "2102", "P44010600123202611221015300007"};
  EXPECT_EQ(request.origin.key, key);
  EXPECT_EQ(request.key_hash, message_key_hash(key));
  EXPECT_EQ(request.origin.digest, sha256(request.origin.business_input));
  EXPECT_EQ(request.origin.received_at, civil(10, 15, 30, 512));
  EXPECT_EQ(request.origin.channel, "pharmacy");
  EXPECT_EQ(request.origin.operator_id, "0031");
  EXPECT_FALSE(request.business_hash);
}

TEST(Requests, TheCanonicalTextHoldsWhatWasSentInTheOrderOfTheTable) {
  WireBench bench;
  const std::string input =
      R"({"drugdetail":[{"cnt":"2.0","feedetl_sn":1}],"druginfo":{"medfee_sumamt":"9.5",)"
      R"("mdtrt_cert_type":"01","psn_no":4401,"quote":"ignored","invono":null}})";
  EXPECT_EQ(bench.submitted(message("2102", kPharmacy, input)).origin.business_input,
            ">druginfo\npsn_no=4401\nmdtrt_cert_type=01\nmedfee_sumamt=9.50\n"
            ">drugdetail[0]\nfeedetl_sn=1\ncnt=2.0000\n");
}

TEST(Requests, OwnPayLinesTravelWithTheirItem) {
  WireBench bench;
  const std::string input =
      R"({"druginfo":{"psn_no":"1","mdtrt_cert_type":"01","medfee_sumamt":80},"drugdetail":[)"
      R"({"med_list_codg":"A","det_item_fee_sumamt":50},)"
      R"({"med_list_codg":"B","det_item_fee_sumamt":30,"fulamt_ownpay_amt":30}]})";
  const Request request = bench.submitted(message("2102", kPharmacy, input));
  const BillParts& parts = std::get<SettleCommand>(request.ask).parts;
  EXPECT_EQ(parts.own_pay_lines, (std::vector<OwnPayLine>{{"B", Fen{3000}}}));
  EXPECT_EQ(parts.full_own_pay, Fen{3000});
}

TEST(Requests, ABillIsKnownByItsVisitAndBatch) {
  WireBench bench;
  const Request request = bench.submitted(bill());
  const auto& command = std::get<SettleCommand>(request.ask);
  EXPECT_EQ(command.visit_id, "M2026112200000077");
  EXPECT_EQ(command.place.channel, Channel::kHospital);
  EXPECT_EQ(command.parts.fund_pay_sum, Fen{11550});
  EXPECT_EQ(command.parts.pay_first, Fen{1500});
  EXPECT_EQ(command.parts.in_scope, Fen{21500});
  EXPECT_EQ(request.origin.channel, "hospital");
  EXPECT_EQ(request.business_hash,
            key_hash({"settle", kHospital, "M2026112200000077", "B20261122000913"}));
}

TEST(Requests, BusinessKeysAreMadeOnlyOfWhatWasSent) {
  WireBench bench;
  const auto input = [](std::string_view more) {
    return R"({"data":{"psn_no":"1","mdtrt_cert_type":"01","medfee_sumamt":1)" + std::string{more} +
           "}}";
  };
  const auto key = [&](std::string_view infno, std::string_view more) {
    return bench.submitted(message(infno, kHospital, input(more))).business_hash;
  };
  EXPECT_EQ(key("2207", ""), std::nullopt);
  EXPECT_EQ(key("2207", R"(,"mdtrt_id":"M")"), std::nullopt);
  EXPECT_EQ(key("2207", R"(,"chrg_bchno":"B")"), std::nullopt);
  EXPECT_EQ(key("2304", ""), std::nullopt);
  EXPECT_EQ(key("2304", R"(,"mdtrt_id":"M")"), key_hash({"stay", kHospital, "M"}));
  EXPECT_EQ(key("2304", R"(,"mdtrt_id":"M","invono":"I","mid_setl_flag":"0")"),
            key_hash({"stay", kHospital, "M"}));
  EXPECT_EQ(key("2304", R"(,"mdtrt_id":"M","invono":"I","mid_setl_flag":"1")"),
            key_hash({"stay", kHospital, "M", "I"}));
}

// What a till makes up anew when it rings the sale up again must not matter, all else must.
TEST(Requests, ASaleIsKnownByItsGoodsWhereDuplicatesAreWatchedFor) {
  WireBench bench;
  const auto name = [&](std::string_view what, std::string_view with,
                        std::string_view institution = kWatchful) {
    std::string input = kSaleInput;
    if (!what.empty()) input.replace(input.find(what), what.size(), with);
    return bench.submitted(message("2102", institution, input, "again")).business_hash;
  };
  const auto plain = name("", "");
  ASSERT_TRUE(plain);
  EXPECT_EQ(bench.service.submitted.back().request.duplicate_window, std::chrono::seconds{60});
  EXPECT_EQ(name("", "", kPharmacy), std::nullopt);
  EXPECT_EQ(name(R"("feedetl_sn":"1")", R"("feedetl_sn":"91")"), plain);
  EXPECT_EQ(
      name(R"("fee_ocur_time":"2026-11-22 10:15:00")", R"("fee_ocur_time":"2026-11-22 10:15:40")"),
      plain);
  EXPECT_EQ(name(R"("invono":"")", R"("invono":"7")"), plain);
  for (const auto& [what, with] :
       {std::pair{R"("cnt":2)", R"("cnt":3)"}, std::pair{"D000456", "D000457"},
        std::pair{"86.50", "86.49"}, std::pair{"0000088", "0000089"},
        std::pair{R"("pric":30.00)", R"("pric":29.00)"}})
    EXPECT_NE(name(what, with), plain) << with;
}

TEST(Requests, ACancelNamesTheSequenceInItsSetlId) {
  for (const auto& [infno, institution] :
       {std::pair{"2103", kPharmacy}, std::pair{"2208", kHospital}, std::pair{"2305", kHospital}}) {
    WireBench bench;
    const Request request =
        bench.submitted(message(infno, institution, cancel_input("S20261122000000000077")));
    const auto& cancel = std::get<CancelRequest>(request.ask);
    EXPECT_EQ(cancel.patient, PersonId{"4401"});
    EXPECT_EQ(cancel.settlement, Sequence{77});
    EXPECT_EQ(request.business_hash, key_hash({"cancel", institution, "S20261122000000000077"}));
    EXPECT_NE(request.key_hash, KeyHash{});
  }
}

TEST(Requests, UndoAndQueryNameAMessageOfTheSameInstitution) {
  const std::string input = R"({"data":{"psn_no":"1","omsgid":"old-1","oinfno":"2102"}})";
  const MessageKey original{InstitutionCode{kPharmacy}, "2102", "old-1"};
  WireBench bench;
  const Request undo = bench.submitted(message("2601", kPharmacy, input));
  EXPECT_EQ(std::get<UndoRequest>(undo.ask).original, original);
  EXPECT_EQ(std::get<UndoRequest>(undo.ask).original_hash, message_key_hash(original));
  EXPECT_NE(undo.key_hash, KeyHash{});
  const Request query = bench.submitted(message("2602", kPharmacy, input));
  EXPECT_EQ(std::get<MessageQuery>(query.ask).original, original);
  EXPECT_EQ(std::get<MessageQuery>(query.ask).original_hash, message_key_hash(original));
  EXPECT_EQ(query.key_hash, KeyHash{});
}

TEST(Requests, APersonIsAskedForByTokenCertnoOrCard) {
  const auto query = [](std::string_view type) {
    WireBench bench;
    const std::string input = R"({"data":{"mdtrt_cert_type":")" + std::string{type} +
                              R"(","mdtrt_cert_no":"440100199001010010"}})";
    return std::get<PersonQuery>(bench.submitted(message("1101", kPharmacy, input)).ask);
  };
  EXPECT_EQ(query("01").person, PersonId{"440100199001010010"});
  EXPECT_EQ(query("01").alias, std::nullopt);
  EXPECT_EQ(query("02").alias, certno_alias("440100199001010010"));
  EXPECT_EQ(query("03").alias, card_alias("440100199001010010"));
}

TEST(Requests, QuotesAreTheSameBillAndAreNotRemembered) {
  WireBench bench;
  const Request quote = bench.submitted(message("2101", kPharmacy, kSaleInput));
  const Request settle = bench.submitted(sale());
  EXPECT_EQ(std::get<QuoteQuery>(quote.ask).settle, std::get<SettleCommand>(settle.ask));
  EXPECT_EQ(quote.key_hash, KeyHash{});
  EXPECT_EQ(quote.origin.business_input, "");
  for (const char* infno : {"2206", "2303"}) {
    const Request hospital = bench.submitted(message(infno, kHospital, kBillInput));
    EXPECT_TRUE(std::holds_alternative<QuoteQuery>(hospital.ask));
    EXPECT_FALSE(hospital.business_hash);
  }
}

TEST(Requests, AQuoteIdBringsItsSplit) {
  WireBench bench;
  const InstitutionCode pharmacy{kPharmacy};
  const PersonId patient{kPatient};
  const Split split{Fen{2000}, Fen{4650}, Fen{0}};
  const std::string id = make_quote_id(test_quote_key(), {pharmacy, patient, Fen{8650}}, split);
  std::string input = kSaleInput;
  input.insert(input.find("\"invono\""), "\"quote_id\":\"" + id + "\",");
  const Request request = bench.submitted(message("2102", kPharmacy, input));
  EXPECT_EQ(std::get<SettleCommand>(request.ask).quoted, split);
}

TEST(Requests, TheDeadlineCountsFromTheFirstByte) {
  WireBench bench;
  const auto before = std::chrono::steady_clock::now();
  const Request request = bench.submitted(sale());
  EXPECT_GE(request.deadline, before + std::chrono::seconds{5});
}

TEST(Requests, NewerInterfaceNumbersAreTheSameTransactions) {
  WireBench bench;
  for (const char* infno : {"2207A", "2304A", "2102A"}) {
    const bool pharmacy = std::string_view{infno} == "2102A";
    const Request request = bench.submitted(
        message(infno, pharmacy ? kPharmacy : kHospital, pharmacy ? kSaleInput : kBillInput));
    EXPECT_TRUE(std::holds_alternative<SettleCommand>(request.ask)) << infno;
    EXPECT_EQ(request.origin.key.infno, infno);
  }
}

}  // namespace
}  // namespace gongji::gateway::wire
