#include "gateway/rest/account_handlers.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/rest/records_kit.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

TEST(Accounts, MoneyComesIn) {
  RestBench bench;
  bench.send("POST", "/v1/accounts/31/credits", keyed(kAgency),
             R"({"bucket":"current_year","amount":"250.5","reason":"MONTHLY"})");
  const auto& command = bench.command<CreditCommand>();
  EXPECT_EQ(command.bucket, Bucket::kCurrentYear);
  EXPECT_EQ(command.amount, Fen{25050});
  auto record = admin_record(bench.request());
  record->sequence = Sequence{42};
  record->outcome =
      Events{AccountCredited{PersonId{"31"}, Bucket::kCurrentYear, Fen{25050}, 0, ""}};
  record->balances = {{PersonId{"31"}, Fen{30050}, Fen{100}}};
  bench.reply(0, Recorded{record, false, nullptr});
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_EQ(bench.answer().body,
            R"({"psn_no":"31","bucket":"current_year","amount":"250.50","reason":"MONTHLY",)"
            R"("balances":{"current_year":"300.50","carryover":"1.00"},"seq":42})");
}

TEST(Accounts, WrongMovementsNameEveryField) {
  struct Row {
    const char* target;
    const char* body;
    std::vector<const char*> pointers;
  };
  const Row kRows[] = {
      {"/v1/accounts/31/credits", "{}", {"/bucket", "/amount", "/reason"}},
      {"/v1/accounts/31/credits",
       R"({"bucket":"x","amount":"0","reason":"r"})",
       {"/bucket", "/amount"}},
      {"/v1/accounts/31/debits",
       R"({"bucket":"carryover","amount":"1","reason":"FUN"})",
       {"/reason"}},
      {"/v1/accounts/31/debits",
       R"({"bucket":"carryover","amount":"-1","reason":"CORE_USE"})",
       {"/amount"}},
      {"/v1/accounts/31/transfer-out", R"({"reason":"X"})", {"/reason"}},
      {"/v1/accounts/roll", R"({"year":"26","interest":"1"})", {"/year", "/interest"}},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send("POST", row.target, keyed(kAgency), row.body);
    EXPECT_EQ(bench.answer().http_status, 400u) << row.body;
    for (const char* pointer : row.pointers)
      EXPECT_TRUE(bench.says(R"("pointer":")" + std::string{pointer} + '"'))
          << pointer << bench.answer().body;
    EXPECT_TRUE(bench.service.submitted.empty());
  }
}

TEST(Accounts, AreDebitedAndTransferredOut) {
  RestBench bench;
  bench.send("POST", "/v1/accounts/31/debits", keyed(kAgency),
             R"({"bucket":"carryover","amount":"50.00","reason":"CORE_USE"})");
  EXPECT_EQ(bench.command<DebitCommand>().reason, "CORE_USE");
  bench.apply({AccountDebited{PersonId{"31"}, Bucket::kCarryover, Fen{5000}, "CORE_USE"}});
  bench.send("POST", "/v1/accounts/31/transfer-out", keyed(kAgency, "k2"));
  EXPECT_EQ(bench.command<TransferOutCommand>(1).reason, "TRANSFER");
  bench.apply({AccountTransferredOut{PersonId{"31"}, Fen{100}, Fen{250}, "TRANSFER"},
               NetworkDisbanded{PersonId{"31"}}});
  EXPECT_EQ(bench.answer().body,
            R"({"psn_no":"31","reason":"TRANSFER","account_state":"closed",)"
            R"("transferred":{"current_year":"1.00","carryover":"2.50"},"amount":"3.50",)"
            R"("network_disbanded":true})");
}

TEST(Roll, OfOneAccountIsACommand) {
  RestBench bench;
  bench.send("POST", "/v1/accounts/roll", keyed(kAgency),
             R"({"year":2026,"psn_no":"31","interest":"3.20"})");
  const auto& command = bench.command<RollYearCommand>();
  EXPECT_EQ(command.year, 2026);
  EXPECT_EQ(command.interest, Fen{320});
  bench.apply({YearRolled{PersonId{"31"}, 2026, Fen{5000}, Fen{320}}});
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_TRUE(bench.says(R"("status":"rolled","moved":"50.00","interest":"3.20")"));
}

TEST(Roll, WithNothingToDoLeavesNoRecord) {
  RestBench bench;
  bench.send("POST", "/v1/accounts/roll", keyed(kAgency), R"({"year":2026,"psn_no":"31"})");
  bench.reply(0, NotDecided{{Reason::kNone, "", {}, {}}});
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_TRUE(bench.says(R"("status":"nothing_to_do")")) << bench.answer().body;
}

TEST(Roll, OfAllAccountsIsAJobWithProgress) {
  RestBench bench;
  bench.send("GET", "/v1/accounts/roll", kAuditor);
  EXPECT_EQ(bench.answer().http_status, 404u);
  bench.send("POST", "/v1/accounts/roll", keyed(kAgency), R"({"year":"2026"})");
  EXPECT_EQ(bench.answer().http_status, 202u);
  EXPECT_TRUE(bench.says(R"("accounts_total":10,"accounts_done":4)")) << bench.answer().body;
  bench.send("GET", "/v1/accounts/roll?year=2026", kAuditor);
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_TRUE(bench.says(R"("running":true)"));
  bench.send("GET", "/v1/accounts/roll?year=2025", kAuditor);
  EXPECT_EQ(bench.answer().http_status, 404u);
}

TEST(Roll, AJobsKeyIsKnownWhileTheProcessRuns) {
  RestBench bench;
  bench.send("POST", "/v1/accounts/roll", keyed(kAgency), R"({"year":"2026"})");
  bench.send("POST", "/v1/accounts/roll", keyed(kAgency), R"({"year":"2026"})");
  EXPECT_EQ(bench.header("Idempotent-Replayed"), "true");
  bench.send("POST", "/v1/accounts/roll", keyed(kAgency), R"({"year":"2025"})");
  EXPECT_EQ(bench.answer().http_status, 422u);
  EXPECT_TRUE(bench.says(R"("pointer":"/year")")) << bench.answer().body;
  bench.send("POST", "/v1/accounts/roll", keyed(kAgency, "k2"), R"({"year":"2025"})");
  EXPECT_EQ(bench.answer().http_status, 409u);
}

TEST(Roll, OfAYearThatHasNotEndedIsRefusedBeforeAnyAccountIsAsked) {
  Profile profile;
  profile.id = "SH-2025";
  profile.has_year_roll = true;
  profile.year_start = "07-01";
  RestBench bench;  // its clock stands in November 2026
  bench.policies.policy->profiles = ProfileBook{{profile}};
  bench.send("POST", "/v1/accounts/roll", keyed(kAgency), R"({"year":2027})");
  EXPECT_EQ(bench.answer().http_status, 400u);
  EXPECT_TRUE(bench.says(R"("pointer":"/year")")) << bench.answer().body;
  EXPECT_EQ(bench.rolls.starts, 0);
  bench.send("POST", "/v1/accounts/roll", keyed(kAgency, "k2"), R"({"year":2026})");
  EXPECT_EQ(bench.answer().http_status, 202u);
}

TEST(Persons, AreChangedFieldByField) {
  RestBench bench;
  bench.send("PATCH", "/v1/persons/31", keyed(kAgency),
             R"({"psn_insu_stas":"2","insuplc_admdvs":"140107","duplicate_insurance":true,)"
             R"("main_account":"right","dup_attempts_exceeded":false,"account_state":"frozen",)"
             R"("special_group":""})");
  const PersonPatch& patch = bench.command<ChangePersonCommand>().patch;
  EXPECT_EQ(patch.status, InsuredStatus::kSuspended);
  EXPECT_EQ(patch.area, "140107");
  EXPECT_EQ(patch.duplicate_insurance, true);
  EXPECT_EQ(patch.main_account, MainAccount::kRight);
  EXPECT_EQ(patch.duplicate_attempts_exceeded, false);
  EXPECT_EQ(patch.account_state, AccountState::kFrozen);
  EXPECT_EQ(patch.special_group, "");
  bench.apply({PersonDetailsChanged{}});
  EXPECT_EQ(bench.answer().body,
            R"({"psn_no":"31","changed":true,"psn_insu_stas":"2","insuplc_admdvs":"140107",)"
            R"("duplicate_insurance":true,"main_account":"right","dup_attempts_exceeded":false,)"
            R"("account_state":"frozen","special_group":""})");
}

TEST(Persons, AChangeSaysWhatIsWrong) {
  struct Row {
    const char* body;
    const char* pointer;
  };
  const Row kRows[] = {
      {"{}", R"("pointer":"")"},
      {"[1]", R"("pointer":"")"},
      {R"({"psn_insu_stas":"3"})", R"("pointer":"/psn_insu_stas")"},
      {R"({"account_state":"gone"})", R"("pointer":"/account_state")"},
      {R"({"duplicate_insurance":"maybe"})", R"("pointer":"/duplicate_insurance")"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send("PATCH", "/v1/persons/31", keyed(kAgency), row.body);
    EXPECT_EQ(bench.answer().http_status, 400u) << row.body;
    EXPECT_TRUE(bench.says(row.pointer)) << bench.answer().body;
  }
}

}  // namespace
}  // namespace gongji::gateway::rest
