// 5203: the settlement as it stands, and who paid what of it.
#include <gtest/gtest.h>

#include "tests/gateway/wire/identities.hpp"
#include "tests/gateway/wire/stories.hpp"

namespace gongji::gateway::wire {
namespace {

using namespace testing;

std::string query(std::string_view setl_id, std::string_view more = "",
                  std::string_view institution = kHospital) {
  return message("5203", institution,
                 R"({"data":{"psn_no":")" + std::string{kPatient} + R"(","setl_id":")" +
                     std::string{setl_id} + "\"" + std::string{more} + "}}",
                 "query-1");
}

constexpr std::string_view kSetlId = "S20261122000000000077";

struct Found {
  WireBench bench;
  std::shared_ptr<JournalRecord> settled =
      settlement_record(bench.submitted(bill()), 77, civil(11, 2, 5, 139), kBillDecided);

  // The answer to `text` when the service found this.
  const std::string& answer(const std::string& text, MessageState state, RecordPtr record,
                            RecordPtr original = nullptr) {
    bench.reply(OutcomeUnknown{});  // the bill's own ticket
    bench.post(text);
    bench.reply(MessageFound{state, std::move(record), std::move(original)});
    return bench.body();
  }
};

TEST(SettlementQueries, AskForTheSequenceInTheSetlIdAndAreNotRemembered) {
  WireBench bench;
  const Request request = bench.submitted(query(kSetlId));
  const auto& ask = std::get<SettlementQuery>(request.ask);
  EXPECT_EQ(ask.patient, PersonId{kPatient});
  EXPECT_EQ(ask.settlement, Sequence{77});
  EXPECT_EQ(request.key_hash, KeyHash{});
  const Request foreign = bench.submitted(query("9876543210"));
  EXPECT_TRUE(std::get<SettlementQuery>(foreign.ask).settlement.is_none());
}

TEST(SettlementQueries, ShowTheSettlementWithItsPayers) {
  Found found;
  const std::string body = found.answer(query(kSetlId), MessageState::kApplied, found.settled);
  EXPECT_EQ(broken_identity_in(body), "") << body;
  const std::pair<const char*, const char*> kFields[] = {
      {"infcode", "0"},         {"setl_id", "S20261122000000000077"},
      {"acct_pay", "114.50"},   {"refd_setl_flag", "0"},
      {"pay_loc", "2"},         {"fixmedins_code", "H44010600456"},
      {"year", "2026"},         {"begndate", "2026-11-22"},
      {"psn_pay", "124.50"},    {"enddate", "2026-11-22"},
      {"opter_id", "0031"},     {"cash_payamt", "10.00"},
      {"invono", "0012345678"}, {"medins_setl_id", "H44010600456202611221102050031"}};
  for (const auto& [name, value] : kFields) EXPECT_EQ(field(body, name), value) << name;
  EXPECT_TRUE(
      body.ends_with(R"("mulaiddetail":[{"source":"family","psn_no":"spouse","amount":114.50}]}})"))
      << body;
}

TEST(SettlementQueries, TellOwnFromFamilyMoneyAndAddUpToAcctPay) {
  Found found;
  auto settled = std::make_shared<JournalRecord>(*found.settled);
  Settled event = *settled->event<Settled>();
  event.current_year_taken = Fen{500};
  event.own = {{PersonId{kPatient}, Bucket::kCarryover, Fen{1000}, {}}};
  event.family = {{PersonId{"a"}, Bucket::kCurrentYear, Fen{2000}, LinkId{1}},
                  {PersonId{"b"}, Bucket::kCarryover, Fen{3000}, LinkId{2}},
                  {PersonId{"a"}, Bucket::kCarryover, Fen{4950}, LinkId{1}}};
  settled->outcome = Events{event};
  auto& parts = std::get<SettleCommand>(settled->command).parts;
  parts.current_year_taken = Fen{500};
  const std::string body = found.answer(query(kSetlId), MessageState::kApplied, settled);
  EXPECT_EQ(broken_identity_in(body), "") << body;
  EXPECT_EQ(field(body, "acct_pay"), "114.50");
  EXPECT_TRUE(body.ends_with(R"("mulaiddetail":[{"source":"own","psn_no":")" +
                             std::string{kPatient} +
                             R"(","amount":15.00},{"source":"family","psn_no":"a","amount":69.50},)"
                             R"({"source":"family","psn_no":"b","amount":30.00}]}})"))
      << body;
}

TEST(SettlementQueries, SayWhetherItWasTakenBack) {
  Found found;
  const std::string reversed = found.answer(query(kSetlId), MessageState::kReversed, found.settled);
  EXPECT_EQ(field(reversed, "refd_setl_flag"), "1");
  EXPECT_EQ(field(reversed, "medfee_sumamt"), "240.00");
}

TEST(SettlementQueries, SpellTheFlagAsTheInstitutionLikesIt) {
  for (const auto& [state, flag] :
       {std::pair{MessageState::kApplied, "000"}, std::pair{MessageState::kReversed, "001"}}) {
    Found found;
    const std::string body = found.answer(query(kSetlId, "", kStringInfcode), state, found.settled);
    EXPECT_EQ(field(body, "refd_setl_flag"), flag);
  }
}

TEST(SettlementQueries, FindTheNegativeRecordOfACancelByItsOwnNumber) {
  Found found;
  const Request request = found.bench.submitted(
      message("2208", kHospital, R"({"data":{"psn_no":"1","setl_id":"S20261122000000000077"}})",
              "cancel-1"));
  found.bench.reply(OutcomeUnknown{});
  const auto cancel = cancel_record(request, *found.settled, 81, civil(11, 40, 18, 51), Fen{0});
  const std::string asked = query("S20261122000000000081");
  const std::string body = found.answer(asked, MessageState::kApplied, cancel, found.settled);
  EXPECT_EQ(broken_identity_in(body), "") << body;
  EXPECT_EQ(field(body, "medfee_sumamt"), "-240.00");
  EXPECT_EQ(field(body, "pdn_cash_pay"), "-10.00");
  EXPECT_EQ(field(body, "refd_setl_flag"), "1");
  EXPECT_TRUE(body.ends_with(R"("amount":-114.50}]}})")) << body;
}

// One answer for everything that is not there, whoever's it is.
TEST(SettlementQueries, AnswerAlikeForEverythingThatIsNotTheirs) {
  const auto normal = [](std::string body) {
    for (const char* name : {"inf_refmsgid", "refmsg_time", "respond_time"})
      body.replace(body.find(field(body, name)), field(body, name).size(), "x");
    return body;
  };
  Found found;
  found.bench.reply(OutcomeUnknown{});
  found.bench.post(query(kSetlId));
  found.bench.reply(NotDecided{Refusal{Reason::kNoSettlement, "", {}, {}}});
  const std::string absent = normal(found.bench.body());
  EXPECT_EQ(field(absent, "err_msg").substr(0, 16), "E_NO_SETTLEMENT ");
  EXPECT_EQ(field(absent, "infcode"), "-2");
  const std::string rows[] = {
      query("S20261121000000000077"),                            // another day
      query(kSetlId, R"(,"mdtrt_id":"M20261122000000009999")"),  // another visit
  };
  for (const std::string& text : rows) {
    Found other;
    EXPECT_EQ(normal(other.answer(text, MessageState::kApplied, other.settled)), absent) << text;
  }
  Found same;
  const std::string theirs = query(kSetlId, R"(,"mdtrt_id":"M2026112200000077")");
  EXPECT_EQ(field(same.answer(theirs, MessageState::kApplied, same.settled), "infcode"), "0");
}

TEST(SettlementQueries, ACancelThatWasUndoneNeverHappened) {
  Found found;
  const Request request = found.bench.submitted(
      message("2208", kHospital, R"({"data":{"psn_no":"1","setl_id":"S20261122000000000077"}})",
              "cancel-1"));
  found.bench.reply(OutcomeUnknown{});
  const auto cancel = cancel_record(request, *found.settled, 81, civil(11, 40, 18, 51), Fen{0});
  const std::string body =
      found.answer(query("S20261122000000000081"), MessageState::kReversed, cancel, found.settled);
  EXPECT_EQ(field(body, "err_msg").substr(0, 16), "E_NO_SETTLEMENT ");
}

}  // namespace
}  // namespace gongji::gateway::wire
