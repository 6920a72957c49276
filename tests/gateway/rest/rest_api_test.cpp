#include "gateway/rest/rest_api.hpp"

#include <gtest/gtest.h>

#include "gateway/rest/problem.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

PersonFound found_person() {
  PersonFound found;
  found.person.id = PersonId{"31"};
  found.person.card.psn_name = "陈建国";
  found.person.card.scheme = Scheme::kEmployee;
  found.person.card.area = "310101";
  found.person.current_year = Fen{80000};
  found.person.carryover = Fen{5};
  found.role = "ORGANISER";
  return found;
}

Network two_members() {
  Network network;
  network.organiser = PersonId{"31"};
  network.family = "SH";
  network.modes_confirmed = true;
  network.modes = {Mode::kPay};
  Link child;
  child.id = LinkId{1048577};
  child.member = PersonId{"32"};
  child.relation = Relation::kChild;
  Link spouse;
  spouse.id = LinkId{1048578};
  spouse.member = PersonId{"33"};
  spouse.relation = Relation::kSpouse;
  spouse.quota = Fen{30000};
  spouse.quota_left = Fen{12345};
  spouse.window = {parse_date("2026-01-01"), std::nullopt};
  network.links = {child, spouse};
  return network;
}

TEST(RestApi, EveryRequestNeedsAKnownToken) {
  struct Row {
    Headers headers;
    const char* challenge;
  };
  const Row kRows[] = {
      {{}, R"(Bearer realm="gongji")"},
      {{{"Authorization", "Basic agency-token"}}, R"(Bearer realm="gongji")"},
      {{{"Authorization", "Bearer "}}, R"(Bearer realm="gongji")"},
      {{{"Authorization", "Bearer nobody"}}, R"(Bearer realm="gongji", error="invalid_token")"},
      {{{"Authorization", "Bearer agency-toke"}},
       R"(Bearer realm="gongji", error="invalid_token")"},
      {{{"Authorization", "Bearer agency-token "}},
       R"(Bearer realm="gongji", error="invalid_token")"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send("GET", "/v1/persons/31", row.headers);
    EXPECT_EQ(bench.answer().http_status, 401u);
    EXPECT_EQ(bench.answer().content_type, "application/problem+json");
    EXPECT_EQ(bench.header("WWW-Authenticate"), row.challenge);
    EXPECT_TRUE(bench.service.submitted.empty());
  }
}

TEST(RestApi, PathsAndMethodsOutsideTheTableAreProblems) {
  struct Row {
    const char* method;
    const char* target;
    unsigned status;
    const char* allow;
  };
  const Row kRows[] = {
      {"GET", "/v1", 404, ""},
      {"GET", "/v1/nothing", 404, ""},
      {"GET", "/v1/persons", 404, ""},
      {"GET", "/v1/persons/1/2", 404, ""},
      {"GET", "/v1/persons/%zz", 404, ""},
      {"GET", "/v1/persons/3%0A1", 404, ""},
      {"GET", "/v1/persons/0123456789012345678901234567890", 404, ""},
      {"DELETE", "/v1/persons/31", 405, "GET, PATCH"},
      {"GET", "/v1/import", 405, "POST"},
      {"PATCH", "/v1/networks/31", 405, "GET, DELETE"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send(row.method, row.target, kAgency);
    EXPECT_EQ(bench.answer().http_status, row.status) << row.target;
    EXPECT_EQ(bench.header("Allow"), row.allow) << row.target;
    EXPECT_EQ(bench.answer().content_type, kProblemType) << row.target;
  }
}

// An applied record with nothing in it.
Recorded noted() {
  auto record = std::make_shared<JournalRecord>();
  record->command = ViewAccountCommand{PersonId{"31"}};
  record->outcome = Events{};
  return {record, false, nullptr};
}

TEST(RestApi, APersonIsShownWithBalancesAsText) {
  for (const Headers& headers : {kAgency, kAuditor, with(kApp, "X-Acting-Person", "31")}) {
    RestBench bench;
    bench.send("GET", "/v1/persons/31",
               with(with(headers, "x-operator", "0031"), "X-Channel", "counter"));
    const std::size_t asked = headers == kAgency ? 1 : 0;
    if (asked == 1) bench.reply(0, noted());  // SH-37: first it is journaled that a clerk looks
    const Request& request = bench.service.submitted.at(asked).request;
    EXPECT_EQ(std::get<PersonQuery>(request.ask).person, PersonId{"31"});
    EXPECT_EQ(request.key_hash, KeyHash{});
    EXPECT_EQ(request.origin.operator_id, "0031");
    EXPECT_EQ(request.origin.channel, "counter");
    bench.reply(asked, found_person());
    EXPECT_EQ(bench.answer().http_status, 200u);
    EXPECT_EQ(bench.answer().body,
              R"({"psn_no":"31","psn_name":"陈建国","insutype":"310","psn_insu_stas":"1",)"
              R"("insuplc_admdvs":"310101","account_state":"usable","role":"ORGANISER",)"
              R"("balances":{"current_year":"800.00","carryover":"0.05"},"seq":0})");
  }
}

TEST(RestApi, ANetworkIsShownWithItsMembers) {
  RestBench bench;
  bench.send("GET", "/v1/networks/31", kAgency);
  PersonFound found = found_person();
  found.networks = {two_members()};
  found.member_names = {{PersonId{"33"}, "林晓梅"}, {PersonId{"32"}, "陈小雨"}};
  bench.reply(0, found);
  EXPECT_EQ(bench.answer().body,
            R"({"organizer":"31","profile":"SH","state":"active","modes":["PAY"],"members":[)"
            R"({"psn_no":"32","psn_name":"陈小雨","relation":"CHILD","link_id":"1048577",)"
            R"("quota":null,"quota_left":null,"from":null,"to":null},)"
            R"({"psn_no":"33","psn_name":"林晓梅","relation":"SPOUSE","link_id":"1048578",)"
            R"("quota":"300.00","quota_left":"123.45","from":"2026-01-01","to":null}]})");
}

TEST(RestApi, SomeoneWithoutANetworkHasNone) {
  RestBench bench;
  bench.send("GET", "/v1/networks/31", kAgency);
  bench.reply(0, found_person());
  EXPECT_EQ(bench.answer().http_status, 404u);
  EXPECT_NE(bench.answer().body.find(R"("code":"E_NOT_FOUND")"), std::string::npos);
}

TEST(RestApi, AnAppSeesTheActingPersonAlone) {
  struct Row {
    const char* acting;
    unsigned status;
    const char* code;
  };
  const Row kRows[] = {{"", 400, "E_NO_ACTING_PERSON"}, {"32", 403, "E_FORBIDDEN_VIEW"}};
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send("GET", "/v1/persons/31", with(kApp, "X-Acting-Person", row.acting));
    EXPECT_EQ(bench.answer().http_status, row.status);
    EXPECT_TRUE(bench.says(row.code)) << bench.answer().body;
    EXPECT_TRUE(bench.service.submitted.empty());
    EXPECT_FALSE(bench.says(R"("31")")) << bench.answer().body;
  }
}

// Whoever may not use a route hears it in the words of reading or of writing.
TEST(RestApi, RolesAreHeldToTheirRoutes) {
  struct Row {
    const char* method;
    const char* target;
    Headers headers;
    const char* code;
  };
  const Row kRows[] = {
      {"POST", "/v1/networks", kAuditor, "E_FORBIDDEN"},
      {"PATCH", "/v1/persons/31", acting("31"), "E_FORBIDDEN"},
      {"POST", "/v1/accounts/31/credits", acting("31"), "E_FORBIDDEN"},
      {"POST", "/v1/reviews", kAuditor, "E_FORBIDDEN"},
      {"GET", "/v1/events", acting("31"), "E_FORBIDDEN_VIEW"},
      {"GET", "/v1/suspense", acting("31"), "E_FORBIDDEN_VIEW"},
      {"GET", "/v1/reviews", acting("31"), "E_FORBIDDEN_VIEW"},
      {"GET", "/v1/accounts/roll", acting("31"), "E_FORBIDDEN_VIEW"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send(row.method, row.target, keyed(row.headers), "{}");
    EXPECT_EQ(bench.answer().http_status, 403u) << row.target;
    EXPECT_TRUE(bench.says('"' + std::string{row.code} + '"')) << bench.answer().body;
    EXPECT_TRUE(bench.service.submitted.empty());
  }
}

TEST(RestApi, AnActingPersonIsAPersonNumber) {
  RestBench bench;
  bench.send("GET", "/v1/persons/31", with(kAgency, "X-Acting-Person", "a b"));
  EXPECT_EQ(bench.answer().http_status, 400u);
  EXPECT_TRUE(bench.says(R"("parameter":"X-Acting-Person")"));
}

TEST(RestApi, OnlyTheAgencyImports) {
  for (const Headers& headers : {kApp, kAuditor}) {
    RestBench bench;
    bench.send("POST", "/v1/import?batch=b", headers, "{}");
    EXPECT_EQ(bench.answer().http_status, 403u);
    EXPECT_NE(bench.answer().body.find("E_FORBIDDEN"), std::string::npos);
  }
}

TEST(RestApi, RefusalsBecomeProblems) {
  struct Row {
    Refusal refusal;
    unsigned status;
    const char* retry_after;
  };
  const Row kRows[] = {
      {{Reason::kNoPerson, "31", {}, {}}, 404, ""},
      {{Reason::kBusy, "", {}, {}}, 429, "1"},
      {{Reason::kDeadline, "", {}, {}}, 503, "1"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send("GET", "/v1/persons/31", kAgency);
    bench.reply(0, NotDecided{row.refusal});
    EXPECT_EQ(bench.answer().http_status, row.status);
    EXPECT_EQ(bench.header("Retry-After"), row.retry_after);
  }
  RestBench bench;
  bench.send("GET", "/v1/persons/31", kAgency);
  bench.service.submitted.clear();
  bench.loop.turn();
  EXPECT_EQ(bench.answer().http_status, 500u);
  EXPECT_NE(bench.answer().body.find("E_UNKNOWN"), std::string::npos);
}

}  // namespace
}  // namespace gongji::gateway::rest
