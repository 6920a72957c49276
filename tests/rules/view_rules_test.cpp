// The rules about who sees what, asked over /v1; ids as in docs/rules.md.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/rules/town.hpp"

namespace gongji::test {
namespace {

constexpr const char* kShanghai = "310101";
constexpr const char* kShanxi = "140107";

// A father, whose fund pays for two children that know nothing of each other.
void form_family(Town& town) {
  town.settle_in({holder("father", 100'000, kShanghai), dependant("elder", kShanghai),
                  dependant("younger", kShanghai), dependant("stranger", kShanghai)});
  const HttpReply formed = town.post(app_of("father"), "/v1/networks",
                                     R"({"organizer":"father","profile":"SH",)"
                                     R"("modes":["PAY","PREMIUM"],"members":[)"
                                     R"({"psn_no":"elder","relation":"CHILD"},)"
                                     R"({"psn_no":"younger","relation":"CHILD"}]})");
  ASSERT_EQ(formed.status, 201u) << formed.body;
}

// A mother who authorised two children, in Shanxi.
void authorise(Town& town) {
  town.settle_in({holder("mother", 500'000, kShanxi), dependant("elder", kShanxi),
                  dependant("younger", kShanxi), dependant("stranger", kShanxi)});
  const HttpReply formed = town.post(
      app_of("mother"), "/v1/networks",
      R"({"organizer":"mother","profile":"SX","members":[)"
      R"({"psn_no":"elder","relation":"CHILD","quota":"900.00","from":"2026-01-01","to":"2099-12-31"},)"
      R"({"psn_no":"younger","relation":"CHILD","quota":"900.00","from":"2026-01-01","to":"2099-12-31"}]})");
  ASSERT_EQ(formed.status, 201u) << formed.body;
}

HttpReply order_premium(Town& town, const Caller& caller, const std::string& person) {
  return town.post(caller, "/v1/contributions",
                   R"({"psn_no":")" + person + R"(","purpose":"RESIDENT_PREMIUM","year":"2026"})");
}

TEST(Rules, SH_17_the_organiser_sees_all_members_and_what_they_spent) {
  Town town;
  form_family(town);
  town.buy("elder", 12'345, kShanghai);
  const HttpReply network = town.get(app_of("father"), "/v1/networks/father");
  EXPECT_EQ(network.status, 200u);
  EXPECT_TRUE(network.says("elder") && network.says("younger")) << network.body;
  const HttpReply spent = town.get(app_of("father"), "/v1/networks/father/payments");
  EXPECT_EQ(spent.status, 200u);
  EXPECT_TRUE(spent.says("elder") && spent.says("123.45")) << spent.body;
  for (const char* clinical : {"med_type", "P001", "mdtrt", "certno", "ID-elder"})
    EXPECT_FALSE(spent.says(clinical)) << clinical << " in " << spent.body;
}

TEST(Rules, SH_18_a_member_sees_the_organiser_and_himself_only) {
  Town town;
  form_family(town);
  town.buy("elder", 12'345, kShanghai);
  const HttpReply network = town.get(app_of("younger"), "/v1/networks/father");
  EXPECT_EQ(network.status, 200u);
  EXPECT_TRUE(network.says("father") && network.says("younger"));
  EXPECT_FALSE(network.says("elder") || network.says("876.55") || network.says("1000.00"));
  for (const char* target : {"/v1/persons/elder", "/v1/persons/elder/payments",
                             "/v1/persons/elder/contributions", "/v1/persons/father"}) {
    const HttpReply reply = town.get(app_of("younger"), target);
    EXPECT_EQ(reply.status, 403u) << target;
    EXPECT_TRUE(reply.says("E_FORBIDDEN_VIEW")) << target << reply.body;
    EXPECT_FALSE(reply.says("123.45") || reply.says("876.55")) << target << reply.body;
  }
  const HttpReply of_all = town.get(app_of("younger"), "/v1/networks/father/payments");
  EXPECT_FALSE(of_all.says("elder") || of_all.says("123.45")) << of_all.body;
}

TEST(Rules, SH_37_the_holder_or_a_clerk_sees_both_parts_of_the_balance) {
  Town town;
  Person father = holder("father", 40'000, kShanghai);
  father.current_year = Fen{7'700};
  town.settle_in({father, dependant("child", kShanghai)});
  for (const Caller& caller : {app_of("father"), kClerk}) {
    const HttpReply person = town.get(caller, "/v1/persons/father");
    EXPECT_EQ(person.status, 200u);
    EXPECT_EQ(field_in(person, "current_year"), "77.00") << person.body;
    EXPECT_EQ(field_in(person, "carryover"), "400.00") << person.body;
  }
  EXPECT_EQ(town.get(app_of("child"), "/v1/persons/father").status, 403u);
  const std::vector<RecordPtr> journal = town.journal();
  EXPECT_EQ(std::count_if(journal.begin(), journal.end(),
                          [](const RecordPtr& record) {
                            return std::holds_alternative<ViewAccountCommand>(record->command) &&
                                   !record->origin.operator_id.empty();
                          }),
            1)
      << "that the clerk looked, and nobody else";
}

TEST(Rules, SX_34_the_authoriser_sees_the_premiums_he_paid_a_beneficiary_his_own) {
  Town town;
  authorise(town);
  ASSERT_EQ(order_premium(town, app_of("mother"), "elder").status, 201u);
  const HttpReply hers = town.get(app_of("mother"), "/v1/networks/mother/contributions");
  EXPECT_TRUE(hers.says("elder") && hers.says("400.00")) << hers.body;
  const HttpReply own = town.get(app_of("elder"), "/v1/persons/elder/contributions");
  EXPECT_TRUE(own.says("400.00")) << own.body;
  const HttpReply others = town.get(app_of("younger"), "/v1/networks/mother/contributions");
  EXPECT_FALSE(others.says("elder") || others.says("400.00")) << others.body;
  EXPECT_EQ(town.get(app_of("younger"), "/v1/persons/elder/contributions").status, 403u);
  EXPECT_EQ(town.get(app_of("stranger"), "/v1/networks/mother/contributions").status, 403u);
}

TEST(Rules, SX_35_the_authoriser_sees_what_his_account_paid_and_no_other_care) {
  Town town;
  authorise(town);
  town.buy("elder", 30'000, kShanxi);
  town.buy("younger", 4'400, "110101");  // outside the province: cash only
  const HttpReply hers = town.get(app_of("mother"), "/v1/networks/mother/payments");
  EXPECT_EQ(hers.status, 200u);
  EXPECT_TRUE(hers.says("elder") && hers.says("300.00")) << hers.body;
  EXPECT_FALSE(hers.says("44.00")) << hers.body;
  const HttpReply own = town.get(app_of("younger"), "/v1/persons/younger/payments");
  EXPECT_TRUE(own.says("44.00")) << own.body;
  EXPECT_EQ(town.get(app_of("stranger"), "/v1/networks/mother/payments").status, 403u);
}

TEST(Rules, SX_36_who_paid_a_premium_can_look_at_its_certificate) {
  Town town;
  authorise(town);
  const HttpReply ordered = order_premium(town, app_of("mother"), "elder");
  ASSERT_EQ(ordered.status, 201u) << ordered.body;
  const std::string id = field_in(ordered, "id");
  const std::string target = "/v1/contributions/" + id + "/certificate";
  const HttpReply certificate = town.get(app_of("mother"), target);
  EXPECT_EQ(certificate.status, 200u) << certificate.body;
  const std::string code = field_in(certificate, "check_code");
  EXPECT_FALSE(code.empty()) << certificate.body;
  EXPECT_EQ(town.get(kClerk, "/v1/certificates/" + code).status, 200u);
  EXPECT_EQ(town.get(app_of("elder"), target).status, 200u) << "his own";
  for (const char* other : {"younger", "stranger"}) {
    const HttpReply reply = town.get(app_of(other), target);
    EXPECT_EQ(reply.status, 403u) << other;
    EXPECT_FALSE(reply.says("elder") || reply.says("400.00")) << reply.body;
  }
}

}  // namespace
}  // namespace gongji::test
