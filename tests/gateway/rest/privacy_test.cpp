#include "gateway/rest/privacy.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway::rest {
namespace {

Call app_of(const char* person) {
  Call call;
  call.role = Role::kApp;
  call.acting_person = person;
  return call;
}

NewMember child() {
  NewMember member;
  member.id = PersonId{"32"};
  return member;
}

const BindCommand kBinding{PersonId{"31"}, "", child()};
const ContributeCommand kOrderByMember{PersonId{"32"}, PersonId{"32"}, "RESIDENT_PREMIUM", "",
                                       2026};

TEST(Privacy, AnAppHearsOfNobodyItDidNotName) {
  struct Row {
    Command command;
    const char* acting;
    const char* detail;
    bool told;
  };
  const Row kRows[] = {
      {kBinding, "31", "32", true},
      {kBinding, "31", "31, 32", true},
      {kBinding, "31", "33", false},
      {kBinding, "31", "32 33", false},
      {kBinding, "31", "SIBLING", true},
      {kBinding, "31", "可授权金额最大为 300.00", true},
      {kBinding, "31", "成员数已达上限 7", false},
      {kOrderByMember, "32", "应缴 400.00", false},
      {kOrderByMember, "32", "此险种不在本地共济缴费范围", true},
      {CreditCommand{PersonId{"31"}, {}, {}, ""}, "31", "1.00", false},
  };
  for (const Row& row : kRows) {
    const Refusal refusal{Reason::kAlreadyBound, row.detail, {}, {}};
    const Refusal seen = visible_refusal(refusal, row.command, app_of(row.acting));
    EXPECT_EQ(seen.detail, row.told ? row.detail : "") << row.detail;
    EXPECT_EQ(seen.reason, refusal.reason);
  }
}

TEST(Privacy, AmountsAreForWhoseMoneyItIs) {
  Refusal refusal{Reason::kInsufficientPremium, "", Split{}, {}};
  refusal.limit = Fen{100};
  EXPECT_FALSE(visible_refusal(refusal, kOrderByMember, app_of("32")).limit);
  EXPECT_FALSE(visible_refusal(refusal, kOrderByMember, app_of("32")).new_split);
  EXPECT_EQ(visible_refusal(refusal, kBinding, app_of("31")).limit, Fen{100});
}

TEST(Privacy, AgencyAndAuditorHearAll) {
  const Refusal refusal{Reason::kAlreadyBound, "33", {}, {}};
  for (const Role role : {Role::kAgency, Role::kAuditor}) {
    Call call;
    call.role = role;
    EXPECT_EQ(visible_refusal(refusal, kBinding, call), refusal);
  }
}

}  // namespace
}  // namespace gongji::gateway::rest
