// One test for each rule the source texts leave open and a ledger cannot (GX); ids as in
// docs/rules.md.
#include <gtest/gtest.h>

#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/story.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

TEST(Rules, GX_01_own_and_family_and_cash_make_up_the_bill) {
  for (const char* bill :
       {"0 | 0 / 0 / 0", "0.01 | 0.01 / 0 / 0", "50.00 | 50.00 / 0 / 0", "50.01 | 50.00 / 0.01 / 0",
        "130.00 | 50.00 / 80.00 / 0", "130.01 | 50.00 / 80.00 / 0.01",
        "99999.99 | 50.00 / 80.00 / 99869.99", "40.00 own-pay 40.00 X | 0 / 0 / 40.00",
        "40.00 own-pay 40.01 X | E_IDENTITY"})
    expect_story(std::string{R"(
      Shanghai
      person father employee carryover 80.00
      person mother employee carryover 50.00
      form father modes PAY with mother SPOUSE
      bill mother )"} +
                 bill);
}

TEST(Rules, GX_02_a_quote_reserves_nothing_and_settling_uses_its_own_time) {
  expect_story(R"(
    Shanxi 2026-03-02
    person mother employee account 1300.00
    person child resident
    bind mother child CHILD quota 300.00 from 2026-03-03 to 2026-03-04
    quote child 100.00                            | 0 / 0 / 100.00 E_WINDOW
    on 2026-03-03
    quote child 100.00                            | 0 / 100.00 / 0
    quote child 100.00                            | 0 / 100.00 / 0
    account mother 1300.00
    quota child 300.00
    settle child                                  | 0 / 100.00 / 0
    quota child 200.00
  )");
}

TEST(Rules, GX_03_a_split_other_than_quoted_is_stale_up_or_down) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child1 resident
    person child2 resident
    form father modes PAY with child1 CHILD with child2 CHILD
    bill child1 40.00                             | 0 / 40.00 / 0
    quote child2 90.00                            | 0 / 60.00 / 30.00
    cancel child1                                 | back 0 / 40.00 / 0
    settle child2                                 | stale 0 / 90.00 / 0 next=CONFIRM
    carryover father 100.00
    bill child1 30.00                             | 0 / 30.00 / 0
    confirm child2                                | stale 0 / 70.00 / 20.00
    confirm child2                                | 0 / 70.00 / 20.00
    bill child2 10.00                             | 0 / 0 / 10.00 E_FUND_EMPTY
  )");
  expect_story(R"(
    Shanghai
    rule on_quote_change post_recomputed
    person father employee carryover 100.00
    person child resident
    form father modes PAY with child CHILD
    quote child 90.00                             | 0 / 90.00 / 0
    bill father 60.00                             | 60.00 / 0 / 0
    settle child                                  | 0 / 40.00 / 50.00
  )");
}

TEST(Rules, GX_05_a_reversal_returns_every_part_to_where_it_came_from) {
  expect_story(R"(
    Shanxi
    person mother employee account 1150.00
    person son employee current 70.00 carryover 50.00
    bind mother son CHILD quota 150.00
    bill son 310.00 taken 10.00                   | 110.00 / 150.00 / 40.00
    disband mother
    cancel son                                    | back 120.00 / 150.00 / 40.00
    current son 70.00
    carryover son 50.00
    account mother 1150.00
    cancel son                                    | E_ALREADY_REVERSED
    undo son                                      | nothing
    account mother 1150.00
  )");
}

TEST(Rules, GX_05_only_settlements_of_the_patient_can_be_reversed) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child resident
    form father modes PAY with child CHILD
    quote child 10.00                             | 0 / 10.00 / 0
    cancel child                                  | E_NO_SETTLEMENT
    undo child                                    | E_NO_SETTLEMENT
    bill child 10.00                              | 0 / 10.00 / 0
    undo child                                    | back 0 / 10.00 / 0
    undo child                                    | nothing
    cancel child                                  | E_ALREADY_REVERSED
  )");
}

TEST(Rules, GX_06_a_reversal_reopens_nothing_else) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child1 resident
    person child2 resident
    form father modes PAY with child1 CHILD with child2 CHILD
    bill child1 100.00                            | 0 / 100.00 / 0
    bill child2 40.00                             | 0 / 0 / 40.00 E_FUND_EMPTY
    cancel child1                                 | back 0 / 100.00 / 0
    carryover father 100.00
    cancel child2                                 | back 0 / 0 / 40.00
    bill child2 40.00                             | 0 / 40.00 / 0
  )");
}

TEST(Rules, GX_07_a_partial_refund_reverses_all_and_settles_the_smaller_bill_as_one) {
  expect_story(R"(
    Shanghai
    person father employee carryover 1000.00
    person mother employee carryover 200.00
    form father modes PAY with mother SPOUSE
    bill mother 350.00                            | 200.00 / 150.00 / 0
    refund mother 350.01                          | E_FIELD
    carryover father 850.00
    refund mother 150.00                          | 150.00 / 0 / 0
    carryover mother 50.00
    carryover father 1000.00
    refund mother 0                               | 0 / 0 / 0
    carryover mother 200.00
    cancel mother                                 | back 0 / 0 / 0
    refund mother 0                               | E_ALREADY_REVERSED
  )");
}

TEST(Rules, GX_07_the_smaller_bill_is_settled_by_the_rules_of_its_own_day) {
  expect_story(R"(
    Shanghai
    person father employee carryover 1000.00
    person child resident
    form father modes PAY with child CHILD
    bill child 350.00                             | 0 / 350.00 / 0
    unbind father child
    refund child 260.00                           | 0 / 0 / 260.00 E_NO_NETWORK
    carryover father 1000.00
  )");
}

TEST(Rules, GX_08_carryover_goes_back_to_carryover_whatever_the_date) {
  expect_story(R"(
    Shanghai 2026-06-30 23:59
    person father employee current 30.00 carryover 100.00
    person mother employee current 20.00 carryover 5.00
    form father modes PAY with mother SPOUSE
    bill mother 50.00 taken 20.00                 | 5.00 / 25.00 / 0
    on 2026-07-05
    cancel mother                                 | back 25.00 / 25.00 / 0
    carryover father 100.00
    current father 30.00
    carryover mother 5.00
  )");
}

TEST(Rules, GX_08_money_rolled_meanwhile_goes_back_to_where_it_would_be_now) {
  expect_story(R"(
    Shanghai 2026-06-30 23:59
    person father employee current 30.00 carryover 100.00
    person mother employee current 20.00 carryover 5.00
    form father modes PAY with mother SPOUSE
    bill mother 50.00 taken 20.00                 | 5.00 / 25.00 / 0
    bill mother 30.00 as later                    | 0 / 30.00 / 0
    on 2026-07-05
    roll mother 2026                              | ok
    roll father 2026
    cancel mother                                 | back 25.00 / 25.00 / 0
    current mother 0
    carryover mother 25.00
    carryover father 100.00
    restore mother                                | E_FUND_EMPTY
    cancel later                                  | back 0 / 30.00 / 0
    carryover father 130.00
  )");
}

TEST(Rules, GX_09_a_refund_to_a_closed_account_waits_in_suspense) {
  expect_story(R"(
    Shanghai
    person father employee carryover 300.00
    person mother employee carryover 40.00
    form father modes PAY PREMIUM with mother SPOUSE
    bill mother 100.00                            | 40.00 / 60.00 / 0
    contribute mother COMMERCIAL HUHUIBAO 2026 by father | paid 129.00
    transfer-out father INHERITANCE               | left 111.00
    cancel mother                                 | back 40.00 / 0 / 0 suspense=60.00
    suspense father 60.00
    account father 0
    carryover mother 40.00
    insurer mother refuses                        | back 0 suspense=129.00
    suspense father 189.00
    suspense mother 0
    restore mother                                | E_NO_NETWORK
    suspense father 189.00
  )");
}

TEST(Rules, GX_10_the_patient_may_decline_the_family_fund_or_all_accounts) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person mother employee carryover 20.00
    form father modes PAY with mother SPOUSE
    bill mother 50.00 no-account                  | 0 / 0 / 50.00
    bill mother 50.00 no-family                   | 20.00 / 0 / 30.00
    bill mother 50.00 no-family                   | 0 / 0 / 50.00
    carryover father 100.00
  )");
}

TEST(Rules, GX_11_every_record_names_the_profile_that_decided_it) {
  Books books{shipped_profiles()};
  Person sister;
  sister.id = PersonId{"sister"};
  sister.card = {"sister", "01", "ID", "CARD", "", "", "", Scheme::kEmployee, "310101"};
  sister.carryover = Fen{10'000};
  SettleCommand bill;
  bill.patient = sister.id;
  bill.certificate.type = "01";
  bill.parts.medfee_sum = Fen{100};
  books.run(EnrolCommand{sister}, civil("2024-12-01"));
  const JournalRecord& then = books.run(bill, civil("2024-12-31 23:59"));
  EXPECT_EQ(then.profile, (ProfileRef{"SH-2022", shipped("SH-2022").hash}));
  const JournalRecord& now = books.run(bill, civil("2025-01-01 00:00"));
  EXPECT_EQ(now.profile, (ProfileRef{"SH-2025", shipped("SH-2025").hash}));
  EXPECT_EQ(now.profile.hash.size(), 64U);
}

TEST(Rules, GX_11_a_replay_under_the_named_profile_gives_the_same_outcome) {
  Books books{shipped_profiles()};
  for (const char* id : {"sister", "brother"}) {
    Person person;
    person.id = PersonId{id};
    person.card.scheme = Scheme::kEmployee;
    person.card.area = "310101";
    person.carryover = Fen{10'000};
    books.run(EnrolCommand{person}, civil("2024-11-01"));
  }
  FormNetworkCommand form{PersonId{"sister"}, "SH", {Mode::kPay}, {}};
  form.members.push_back({PersonId{"brother"}, Relation::kSibling, {}, {}});
  const JournalRecord& refused = books.run(form, civil("2024-11-02"));
  ASSERT_NE(refused.refusal(), nullptr);
  EXPECT_EQ(refused.refusal()->reason, Reason::kRelationNotAllowed);
  EXPECT_EQ(refused.profile.id, "SH-2022");
  Profile named = shipped(refused.profile.id);
  named.valid = {};  // the named one decides, whatever day the replay is
  const ProfileBook only_it{{named}};
  const Household& home = books.home_of(PersonId{"sister"});
  const Decision again = decide(home, form, {civil("2026-11-02"), only_it, nullptr});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error(), *refused.refusal());
  EXPECT_TRUE(decide(home, form, {civil("2026-11-02"), shipped_profiles(), nullptr}).ok())
      << "the profile of that day would have allowed it";
}

TEST(Rules, GX_13_the_time_of_a_household_never_runs_backwards) {
  expect_story(R"(
    Shanxi 2026-03-02
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 300.00 from 2026-03-03 to 2026-03-04
    on 2026-03-04 23:59:59
    bill child 1.00                               | 0 / 1.00 / 0
    on 2026-03-05 00:00
    bill child 1.00                               | 0 / 0 / 1.00 E_WINDOW
    on 2026-03-03 12:00
    bill child 1.00                               | 0 / 0 / 1.00 E_WINDOW
  )");
}

TEST(Rules, GX_14_a_cancel_is_taken_back_if_all_is_still_payable) {
  expect_story(R"(
    Shanxi
    person mother employee account 1300.00
    person son employee account 40.00
    bind mother son CHILD quota 300.00
    bill son 100.00                               | 40.00 / 60.00 / 0
    restore son                                   | nothing
    cancel son                                    | back 40.00 / 60.00 / 0
    restore son
    account son 0
    account mother 1240.00
    quota son 240.00
    cancel son                                    | back 40.00 / 60.00 / 0
    quota son 300.00
    undo son                                      | nothing
    account mother 1300.00
  )");
}

TEST(Rules, GX_14_otherwise_the_money_reason_and_the_cancel_stands) {
  struct Row {
    const char* meanwhile;
    const char* reason;
  };
  for (const Row& row :
       {Row{"bill son 10.00 as spent | 10.00 / 0 / 0", "E_FUND_EMPTY"},
        Row{"bill mother 241.00 as spent | 241.00 / 0 / 0", "E_FLOOR"},
        Row{"bill mother 1290.00 as spent | 1290.00 / 0 / 0", "E_FLOOR"},
        Row{"bill son 281.00 as spent no-account | 0 / 0 / 281.00", "ok"},
        Row{"unbind mother son", "E_NO_NETWORK"}, Row{"disband mother", "E_NO_NETWORK"}})
    expect_story(std::string{R"(
      Shanxi
      person mother employee account 1300.00
      person son employee carryover 40.00
      bind mother son CHILD quota 300.00
      bill son 100.00                             | 40.00 / 60.00 / 0
      cancel son                                  | back 40.00 / 60.00 / 0
      )"} + row.meanwhile +
                 "\nrestore son | " + row.reason);
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 100.00
    bill child 60.00                              | 0 / 60.00 / 0
    cancel child                                  | back 0 / 60.00 / 0
    bill child 50.00 as next                      | 0 / 50.00 / 0
    restore child                                 | E_QUOTA
    cancel child                                  | E_ALREADY_REVERSED
    quota child 50.00
  )");
}

TEST(Rules, GX_14_a_frozen_account_pays_nothing_again) {
  expect_story(R"(
    Shanghai
    person father employee carryover 300.00
    person mother employee carryover 40.00
    form father modes PAY with mother SPOUSE
    bill mother 100.00                            | 40.00 / 60.00 / 0
    cancel mother                                 | back 40.00 / 60.00 / 0
    freeze father
    restore mother                                | E_ACCOUNT_UNUSABLE
    unfreeze father
    restore mother
    carryover father 240.00
  )");
}

TEST(Rules, GX_15_the_resident_premium_is_for_residents_and_the_help_plan_only) {
  expect_story(R"(
    Shanghai
    person father employee carryover 5000.00
    person mother employee
    person child resident
    person aunt help
    form father modes PREMIUM with mother SPOUSE with child CHILD with aunt SIBLING
    contribute mother RESIDENT_PREMIUM 2026 by father | E_PURPOSE
    contribute child RESIDENT_PREMIUM 2026 by father  | paid 380.00
    contribute aunt RESIDENT_PREMIUM 2026 by father   | paid 380.00
  )");
}

TEST(Rules, GX_15_a_year_without_a_price_is_refused) {
  expect_story(R"(
    Shanghai
    person father employee carryover 5000.00
    person child resident
    form father modes PREMIUM with child CHILD
    contribute child RESIDENT_PREMIUM 2031 by father  | E_PURPOSE
    contribute child COMMERCIAL HUHUIBAO 2031         | E_PURPOSE
    contribute father COMMERCIAL HUHUIBAO 2031        | E_PURPOSE
    carryover father 5000.00
  )");
}

}  // namespace
}  // namespace gongji::test
