#include "gateway/rest/network_handlers.hpp"

#include <gtest/gtest.h>

#include "gateway/rest/network_view.hpp"
#include "tests/gateway/rest/records_kit.hpp"
#include "tests/gateway/rest/rest_bench.hpp"

namespace gongji::gateway::rest {
namespace {

using namespace testing;

Link child_link() {
  Link link;
  link.id = LinkId{1048577};
  link.member = PersonId{"32"};
  link.relation = Relation::kChild;
  link.quota = Fen{30000};
  link.quota_left = Fen{30000};
  link.window = {parse_date("2026-01-01"), parse_date("2026-12-31")};
  return link;
}

// SX-10, the other reading: what was used before does not count against the next bill.
TEST(NetworkView, AQuotaForEachSettlementDoesNotRunDown) {
  PersonFound found;
  Link link;
  link.member = PersonId{"32"};
  link.quota = Fen{30000};
  link.quota_left = Fen{-10000};
  found.networks.push_back({PersonId{"31"}, "SX", true, {}, {link}});
  Profile profile;
  profile.quota_kind = QuotaKind::kPerSettlement;
  EXPECT_NE(network_json(found, {}, profile).find(R"("quota_left":"300.00")"), std::string::npos);
  profile.quota_kind = QuotaKind::kCumulative;
  EXPECT_NE(network_json(found, {}, profile).find(R"("quota_left":"-100.00")"), std::string::npos);
}

TEST(Networks, AreFormedWithMembersAndModes) {
  RestBench bench;
  bench.send("POST", "/v1/networks", keyed(acting("31")),
             R"({"organizer":"31","profile":"SH","modes":["PAY"],"members":[)"
             R"({"psn_no":"32","relation":"CHILD","quota":"300","from":"2026-01-01",)"
             R"("to":"2026-12-31"}]})");
  const auto& command = bench.command<FormNetworkCommand>();
  EXPECT_EQ(command.organiser, PersonId{"31"});
  EXPECT_EQ(command.family, "SH");
  EXPECT_EQ(command.modes, std::vector<Mode>{Mode::kPay});
  ASSERT_EQ(command.members.size(), 1u);
  EXPECT_EQ(command.members[0].quota, Fen{30000});
  EXPECT_EQ(command.members[0].window.to, parse_date("2026-12-31"));
  bench.apply({NetworkFormed{PersonId{"31"}, "SH"}, MemberBound{PersonId{"31"}, child_link()},
               ModesConfirmed{PersonId{"31"}, {Mode::kPay}}});
  EXPECT_EQ(bench.answer().http_status, 201u);
  EXPECT_EQ(bench.answer().body,
            R"({"organizer":"31","profile":"SH","state":"active","modes":["PAY"],"members":[)"
            R"({"psn_no":"32","relation":"CHILD","link_id":"1048577","quota":"300.00",)"
            R"("quota_left":"300.00","from":"2026-01-01","to":"2026-12-31"}]})");
}

// A member may be bound for one purpose alone.
TEST(Networks, MembersMayHaveModesOfTheirOwn) {
  RestBench bench;
  bench.send("POST", "/v1/networks", keyed(kAgency),
             R"({"organizer":"31","profile":"FJ","members":[)"
             R"({"psn_no":"32","relation":"CHILD","modes":["PREMIUM"]},)"
             R"({"psn_no":"33","relation":"SPOUSE"}]})");
  const auto& members = bench.command<FormNetworkCommand>().members;
  EXPECT_EQ(members[0].modes, std::vector<Mode>{Mode::kPremium});
  EXPECT_TRUE(members[1].modes.empty());
  bench.send("POST", "/v1/networks/31/members", keyed(kAgency, "k2"),
             R"({"psn_no":"32","relation":"CHILD","modes":["PAY"]})");
  EXPECT_EQ(bench.command<BindCommand>(1).member.modes, std::vector<Mode>{Mode::kPay});
  bench.send("POST", "/v1/networks", keyed(kAgency, "k3"),
             R"({"organizer":"31","profile":"FJ","members":[)"
             R"({"psn_no":"32","relation":"CHILD","modes":[]},)"
             R"({"psn_no":"33","relation":"CHILD","modes":["X"]}]})");
  EXPECT_TRUE(bench.says(R"("pointer":"/members/0/modes")")) << bench.answer().body;
  EXPECT_TRUE(bench.says(R"("pointer":"/members/1/modes/0")")) << bench.answer().body;
}

TEST(Networks, EveryWrongFieldIsNamed) {
  RestBench bench;
  bench.send("POST", "/v1/networks", keyed(kAgency),
             R"({"profile":"SH","modes":["PAY","X"],"members":[)"
             R"({"psn_no":"32","relation":"FRIEND","quota":"1.001"},7,)"
             R"({"psn_no":"33","relation":"CHILD","from":"2026-02-30","to":"x"}]})");
  EXPECT_EQ(bench.answer().http_status, 400u);
  for (const char* pointer : {"/organizer", "/modes/1", "/members/0/relation", "/members/0/quota",
                              "/members/1", "/members/2/from", "/members/2/to"})
    EXPECT_TRUE(bench.says(R"("pointer":")" + std::string{pointer} + '"'))
        << pointer << bench.answer().body;
  EXPECT_TRUE(bench.service.submitted.empty());
}

TEST(Networks, NoModeAtAllIsRefused) {
  RestBench bench;
  bench.send("POST", "/v1/networks", keyed(kAgency),
             R"({"organizer":"31","profile":"SH","modes":[]})");
  EXPECT_EQ(bench.answer().http_status, 422u);
  EXPECT_TRUE(bench.says("E_MODE_EMPTY"));
}

TEST(Networks, AnAppWritesForItsActingPersonAlone) {
  struct Row {
    const char* method;
    const char* target;
    const char* body;
  };
  const Row kRows[] = {
      {"POST", "/v1/networks", R"({"organizer":"31","profile":"SH"})"},
      {"DELETE", "/v1/networks/31", ""},
      {"PUT", "/v1/networks/31/modes", R"({"modes":["PAY"]})"},
      {"POST", "/v1/networks/31/members", R"({"psn_no":"32","relation":"CHILD"})"},
      {"PATCH", "/v1/networks/31/members/32", R"({"relation":"CHILD"})"},
      {"DELETE", "/v1/networks/31/members/32", ""},
      {"POST", "/v1/networks/31/members/32/rebind", R"({"relation":"CHILD"})"},
      {"POST", "/v1/persons/31/leave", ""},
  };
  for (const Row& row : kRows) {
    for (const Headers& headers : {acting("32"), acting("31"), kAgency}) {
      RestBench bench;
      bench.send(row.method, row.target, keyed(headers), row.body);
      const bool allowed = headers.back().second != "32";
      EXPECT_EQ(bench.service.submitted.size(), allowed ? 1u : 0u) << row.target;
      if (allowed) continue;
      EXPECT_EQ(bench.answer().http_status, 403u) << row.target;
      EXPECT_TRUE(bench.says("E_FORBIDDEN")) << row.target;
    }
  }
}

TEST(Networks, AMemberSeesTheOrganiserAndHimself) {
  RestBench bench;
  bench.send("GET", "/v1/networks/31", acting("32"));
  bench.reply(0, organiser_found());
  EXPECT_EQ(bench.answer().body,
            R"({"organizer":"31","profile":"SH","state":"active","modes":["PAY"],"members":[)"
            R"({"psn_no":"32","psn_name":"陈小雨","relation":"CHILD","link_id":"1048577",)"
            R"("quota":null,"quota_left":null,"from":null,"to":null}]})");
}

TEST(Networks, OthersSeeNothingNotEvenThatThereIsNothing) {
  for (const bool exists : {true, false}) {
    RestBench bench;
    bench.send("GET", "/v1/networks/31", acting("34"));
    bench.reply(0, exists ? Reply{organiser_found()}
                          : Reply{NotDecided{{Reason::kNoPerson, "31", {}, {}}}});
    EXPECT_EQ(bench.answer().http_status, 403u);
    EXPECT_TRUE(bench.says("E_FORBIDDEN_VIEW"));
    EXPECT_FALSE(bench.says("\"31\""));
    EXPECT_FALSE(bench.says("32"));
  }
}

TEST(Networks, ANetworkThatNeedsNoConfirmationIsActive) {
  RestBench bench;
  Profile shanxi;
  shanxi.id = "SX-2025";
  shanxi.family = "SX";
  bench.policies.policy->profiles = ProfileBook{{shanxi}};
  PersonFound found = organiser_found();
  found.networks[0].family = "SX";
  found.networks[0].modes_confirmed = false;
  found.networks[0].modes = {};
  bench.send("GET", "/v1/networks/31", kAuditor);
  bench.reply(0, found);
  EXPECT_TRUE(bench.says(R"("state":"active","modes":["PAY","PREMIUM"])")) << bench.answer().body;
}

TEST(Members, AreBoundWithALink) {
  RestBench bench;
  bench.send("POST", "/v1/networks/31/members", keyed(acting("31")),
             R"({"psn_no":"32","relation":"CHILD","quota":300.00})");
  const auto& command = bench.command<BindCommand>();
  EXPECT_EQ(command.organiser, PersonId{"31"});
  EXPECT_EQ(command.member.quota, Fen{30000});
  EXPECT_EQ(command.family, "");
  bench.apply({MemberBound{PersonId{"31"}, child_link()}});
  EXPECT_EQ(bench.answer().http_status, 201u);
  EXPECT_TRUE(bench.says(R"("link_id":"1048577")"));
  bench.send("POST", "/v1/networks/31/members", keyed(acting("31"), "k2"),
             R"({"psn_no":"32","relation":"CHILD","profile":"SX"})");
  EXPECT_EQ(bench.command<BindCommand>(1).family, "SX");
}

TEST(Members, OnlyTheRelationIsCorrectedInPlace) {
  RestBench bench;
  bench.send("PATCH", "/v1/networks/31/members/32", keyed(acting("31")),
             R"({"relation":"PARENT"})");
  const auto& command = bench.command<CorrectRelationCommand>();
  EXPECT_EQ(command.relation, Relation::kParent);
  bench.apply({RelationCorrected{PersonId{"31"}, LinkId{1}, Relation::kParent}});
  EXPECT_EQ(bench.answer().body, R"({"organizer":"31","psn_no":"32","relation":"PARENT"})");
  for (const char* body : {R"({"quota":"1.00"})", R"({"relation":"CHILD","to":"2027-01-01"})"}) {
    bench.send("PATCH", "/v1/networks/31/members/32", keyed(acting("31"), "k2"), body);
    EXPECT_EQ(bench.answer().http_status, 422u);
    EXPECT_TRUE(bench.says("E_REBIND_REQUIRED"));
  }
  bench.send("PATCH", "/v1/networks/31/members/32", keyed(acting("31"), "k3"), "{}");
  EXPECT_EQ(bench.answer().http_status, 400u);
}

TEST(Members, AreReboundInOneCommand) {
  RestBench bench;
  bench.send("POST", "/v1/networks/31/members/32/rebind", keyed(acting("31")),
             R"({"relation":"CHILD","quota":"500.00","from":"2026-01-01","to":"2026-12-31"})");
  EXPECT_EQ(bench.command<RebindCommand>().member.id, PersonId{"32"});
  bench.apply(
      {MemberUnbound{PersonId{"31"}, LinkId{7}}, MemberBound{PersonId{"31"}, child_link()}});
  EXPECT_EQ(bench.answer().http_status, 200u);
  EXPECT_TRUE(bench.says(R"("psn_no":"32")"));
}

TEST(Members, LeaveOrAreUnbound) {
  RestBench bench;
  bench.send("POST", "/v1/persons/32/leave", keyed(acting("32")));
  EXPECT_TRUE(bench.command<UnbindCommand>().by_member);
  EXPECT_TRUE(bench.command<UnbindCommand>().organiser.empty());
  bench.apply({MemberUnbound{PersonId{"31"}, LinkId{7}}});
  EXPECT_EQ(bench.answer().body, R"({"psn_no":"32","ended":[{"organizer":"31","link_id":"7"}]})");
  bench.send("DELETE", "/v1/networks/31/members/32", keyed(acting("31")));
  EXPECT_FALSE(bench.command<UnbindCommand>(1).by_member);
  bench.apply({MemberUnbound{PersonId{"31"}, LinkId{7}}});
  bench.send("DELETE", "/v1/networks/31", keyed(acting("31"), "k2"));
  bench.apply({NetworkDisbanded{PersonId{"31"}}});
  EXPECT_EQ(bench.answer().body, R"({"organizer":"31","state":"disbanded"})");
}

// What a refusal says to an app names nobody the caller did not name and no money of others.
TEST(Members, RefusalsTellAnAppNothingOfOthers) {
  struct Row {
    Refusal refusal;
    const char* said;
    const char* kept_back;
  };
  const Row kRows[] = {
      {{Reason::kAlreadyInNetwork, "32 33", {}, {}}, "E_ALREADY_IN_NETWORK", "33"},
      {{Reason::kSuspended, "32", {}, {}}, R"("detail":"32")", "33"},
      {{Reason::kQuotaOverShareable, "可授权金额最大为 300.00", {}, {}, Fen{30000}},
       R"("limit":"300.00")",
       "33"},
  };
  for (const Row& row : kRows) {
    RestBench bench;
    bench.send("POST", "/v1/networks/31/members", keyed(acting("31")),
               R"({"psn_no":"32","relation":"CHILD"})");
    bench.refuse(row.refusal);
    EXPECT_TRUE(bench.says(row.said)) << bench.answer().body;
    EXPECT_FALSE(bench.says(row.kept_back)) << bench.answer().body;
  }
}

}  // namespace
}  // namespace gongji::gateway::rest
