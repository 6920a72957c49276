#include "gateway/rest/import_line.hpp"

#include <gtest/gtest.h>

#include "gateway/wire/digest.hpp"
#include "tests/gateway/json/padded.hpp"

namespace gongji::gateway::rest {
namespace {

using testing::Padded;

Result<ImportLine, Refusal> read(std::string_view line) {
  const Padded text{line};
  return read_import_line(text.view());
}

TEST(ImportLine, APersonIsEnrolledWithAllHisDetails) {
  const auto line =
      read(R"({"type":"person","psn_no":"31","psn_name":"张三","certno":"310","card_no":"C1",)"
           R"("insutype":"310","psn_insu_stas":"2","insuplc_admdvs":"310101","psn_type":"11",)"
           R"("current_year":"800.00","carryover":5000,"account_state":"frozen","gend":"1",)"
           R"("duplicate_insurance":true,"main_account":"wrong","birth_date":"1990-01-01",)"
           R"("dup_attempts_exceeded":true,"special_group":"low_income"})");
  ASSERT_TRUE(line);
  Person person;
  person.id = PersonId{"31"};
  person.card.psn_name = "张三";
  person.card.certno = "310";
  person.card.card_no = "C1";
  person.card.psn_type = "11";
  person.card.gender = "1";
  person.card.birth_date = "1990-01-01";
  person.card.scheme = Scheme::kEmployee;
  person.card.area = "310101";
  person.status = InsuredStatus::kSuspended;
  person.account_state = AccountState::kFrozen;
  person.duplicate_insurance = true;
  person.main_account = MainAccount::kWrong;
  person.duplicate_attempts_exceeded = true;
  person.special_group = "low_income";
  person.current_year = Fen{80000};
  person.carryover = Fen{500000};
  EXPECT_EQ(std::get<EnrolCommand>(line->command).person, person);
  EXPECT_EQ(line->aliases,
            (std::vector<KeyHash>{wire::certno_alias("310"), wire::card_alias("C1")}));
  EXPECT_EQ(line->persons, (std::vector<PersonId>{PersonId{"31"}}));
}

TEST(ImportLine, WhatAPersonDoesNotSayIsTheUsual) {
  const auto line =
      read(R"({"type":"person","psn_no":"31","insutype":"HELP","insuplc_admdvs":"310101"})");
  ASSERT_TRUE(line);
  const Person& person = std::get<EnrolCommand>(line->command).person;
  EXPECT_EQ(person.card.scheme, Scheme::kHelpPlan);
  EXPECT_EQ(person.card.psn_cert_type, "01");
  EXPECT_EQ(person.status, InsuredStatus::kNormal);
  EXPECT_EQ(person.account_state, AccountState::kUsable);
  EXPECT_TRUE(line->aliases.empty());
}

TEST(ImportLine, ANetworkIsFormedWithModesAndMembers) {
  const auto line = read(
      R"({"type":"network","organizer":"31","profile":"SH","modes":["PAY","PREMIUM"],)"
      R"("members":[{"psn_no":"32","relation":"CHILD"},{"psn_no":"33","relation":"SPOUSE"}]})");
  ASSERT_TRUE(line);
  FormNetworkCommand expected{
      PersonId{"31"},
      "SH",
      {Mode::kPay, Mode::kPremium},
      {{PersonId{"32"}, Relation::kChild, {}, {}}, {PersonId{"33"}, Relation::kSpouse, {}, {}}}};
  EXPECT_EQ(std::get<FormNetworkCommand>(line->command), expected);
  EXPECT_EQ(line->persons, (std::vector<PersonId>{PersonId{"31"}, PersonId{"32"}, PersonId{"33"}}));
  EXPECT_EQ(line->canonical,
            ">network\norganizer=31\nprofile=SH\nmodes=PAY,PREMIUM,\n"
            ">members[0]\npsn_no=32\nrelation=CHILD\n>members[1]\npsn_no=33\nrelation=SPOUSE\n");
}

TEST(ImportLine, ALinkBindsOneMember) {
  const auto line =
      read(R"({"type":"link","organizer":"14","profile":"SX","psn_no":"15","relation":"CHILD",)"
           R"("quota":"300.00","from":"2026-01-01","to":"2026-12-31"})");
  ASSERT_TRUE(line);
  const BindCommand expected{PersonId{"14"},
                             "SX",
                             {PersonId{"15"},
                              Relation::kChild,
                              Fen{30000},
                              {parse_date("2026-01-01"), parse_date("2026-12-31")}}};
  EXPECT_EQ(std::get<BindCommand>(line->command), expected);
  EXPECT_EQ(line->persons, (std::vector<PersonId>{PersonId{"14"}, PersonId{"15"}}));
}

TEST(ImportLine, AWrongLineIsRefusedByField) {
  struct Row {
    const char* line;
    const char* detail;
  };
  const Row kRows[] = {
      {"{", "不是一个完整的JSON对象"},
      {R"({"psn_no":"1"})", "type 不能为空"},
      {R"({"type":"family"})", "type 应为person、network或link"},
      {R"({"type":"person"})", "psn_no 不能为空"},
      {R"({"type":"person","psn_no":"1","insutype":"310"})", "insuplc_admdvs 不能为空"},
      {R"({"type":"person","psn_no":"1","insutype":"311","insuplc_admdvs":"31"})",
       "insutype 应为310、390或HELP"},
      {R"({"type":"person","psn_no":"1","insutype":"390","insuplc_admdvs":"31","carryover":"1"})",
       "carryover 非职工参保人没有个人账户"},
      {R"({"type":"person","psn_no":"1","insutype":"310","insuplc_admdvs":"31","carryover":"-1"})",
       "carryover 不能带正负号"},
      {R"({"type":"person","psn_no":"1","insutype":"310","insuplc_admdvs":"31","psn_insu_stas":"3"})",
       "psn_insu_stas 应为1、2、4"},
      {R"({"type":"person","psn_no":"1","insutype":"310","insuplc_admdvs":"31","account_state":"x"})",
       "account_state 应为usable、frozen、closed"},
      {R"({"type":"person","psn_no":"1","insutype":"310","insuplc_admdvs":"31","birth_date":"x"})",
       "birth_date 应为日期"},
      {R"({"type":"network","organizer":"1"})", "profile 不能为空"},
      {R"({"type":"network","organizer":"1","profile":"SH","modes":"PAY"})", "modes 应为数组"},
      {R"({"type":"network","organizer":"1","profile":"SH","modes":["PAY","X"]})",
       "modes[1] 应为PAY或PREMIUM"},
      {R"({"type":"network","organizer":"1","profile":"SH","members":[{"psn_no":"2"}]})",
       "members[0].relation 不能为空"},
      {R"({"type":"network","organizer":"1","profile":"SH","members":["2"]})",
       "members[0] 应为对象"},
      {R"({"type":"link","organizer":"1","profile":"SX","psn_no":"2","relation":"UNCLE"})",
       "relation 不是已知的亲属关系"},
      {R"({"type":"link","organizer":"1","profile":"SX","psn_no":"2","relation":"CHILD","from":"1"})",
       "from 应为日期"},
      {R"({"type":"link","organizer":"1","profile":"SX","psn_no":"2","relation":"CHILD",)"
       R"("from":"2026-02-01","to":"2026-01-01"})",
       "to 不能早于from"},
  };
  for (const Row& row : kRows) {
    const auto line = read(row.line);
    ASSERT_FALSE(line) << row.line;
    EXPECT_EQ(line.error().reason, Reason::kField) << row.line;
    EXPECT_EQ(line.error().detail, row.detail) << row.line;
  }
}

TEST(ImportLine, AnEmptyListOfModesIsAChoiceOfNone) {
  const auto line = read(R"({"type":"network","organizer":"1","profile":"SH","modes":[]})");
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().reason, Reason::kModeEmpty);
}

TEST(ImportLine, AMemberMayHaveModesOfHisOwn) {
  const auto network = read(R"({"type":"network","organizer":"35","profile":"FJ","members":[)"
                            R"({"psn_no":"36","relation":"CHILD","modes":["PREMIUM"]}]})");
  ASSERT_TRUE(network);
  const auto& formed = std::get<FormNetworkCommand>(network->command);
  EXPECT_EQ(formed.members.at(0).modes, std::vector<Mode>{Mode::kPremium});
  EXPECT_NE(network->canonical.find("modes=PREMIUM,"), std::string::npos);
  const auto link = read(R"({"type":"link","organizer":"35","profile":"FJ","psn_no":"36",)"
                         R"("relation":"CHILD","modes":["PAY"]})");
  ASSERT_TRUE(link);
  EXPECT_EQ(std::get<BindCommand>(link->command).member.modes, std::vector<Mode>{Mode::kPay});
}

}  // namespace
}  // namespace gongji::gateway::rest
