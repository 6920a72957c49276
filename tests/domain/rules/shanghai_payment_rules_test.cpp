// One test for each Shanghai rule about paying from the fund; ids as in docs/rules.md.
#include <gtest/gtest.h>

#include "tests/domain/support/story.hpp"

namespace gongji::test {
namespace {

TEST(Rules, SH_08_the_fund_is_the_whole_carryover_live) {
  expect_story(R"(
    Shanghai
    person father employee current 70.00 carryover 500.00
    person child resident
    form father modes PAY with child CHILD
    available child 500.00
    bill father 120.00                           | 120.00 / 0 / 0
    available child 380.00
    bill child 380.00                            | 0 / 380.00 / 0
    carryover father 0
  )");
}

TEST(Rules, SH_09_current_year_money_of_the_organiser_is_never_touched) {
  expect_story(R"(
    Shanghai
    person father employee current 800.00 carryover 0.01
    person child resident
    form father modes PAY with child CHILD
    bill child 600.00                            | 0 / 0.01 / 599.99
    bill child 600.00                            | 0 / 0 / 600.00 E_FUND_EMPTY
    current father 800.00
  )");
}

TEST(Rules, SH_10_members_use_the_fund_jointly_to_the_last_fen) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child1 resident
    person child2 resident
    form father modes PAY with child1 CHILD with child2 CHILD
    bill child1 99.99                            | 0 / 99.99 / 0
    bill child2 5.00                             | 0 / 0.01 / 4.99
  )");
}

TEST(Rules, SH_14_the_network_outlives_an_empty_fund) {
  expect_story(R"(
    Shanghai
    person father employee carryover 30.00
    person child resident
    form father modes PAY with child CHILD
    bill child 30.00 as first                    | 0 / 30.00 / 0
    bill child 1.00                              | 0 / 0 / 1.00 E_FUND_EMPTY
    network father active
    member child father
    cancel first                                 | back 0 / 30.00 / 0
    bill child 1.00                              | 0 / 1.00 / 0
  )");
}

TEST(Rules, SH_21_nothing_before_the_modes_are_confirmed) {
  expect_story(R"(
    Shanghai
    person father employee carryover 500.00
    person child resident
    form father with child CHILD
    bill child 20.00                             | 0 / 0 / 20.00 E_MODE_UNCONFIRMED next=ORGANISER
    modes father PAY
    bill child 20.00                             | 0 / 20.00 / 0
  )");
}

TEST(Rules, SH_22_the_mode_is_judged_when_the_bill_is_settled) {
  expect_story(R"(
    Shanghai
    person father employee carryover 500.00
    person child resident
    form father modes PREMIUM with child CHILD
    quote child 20.00                            | 0 / 0 / 20.00 E_MODE_OFF
    modes father PAY
    settle child                                 | stale 0 / 20.00 / 0
    confirm child                                | 0 / 20.00 / 0
    modes father PREMIUM
    bill child 20.00                             | 0 / 0 / 20.00 E_MODE_OFF
  )");
}

TEST(Rules, SH_23_the_order_of_settlement_decides_and_a_quote_reserves_nothing) {
  expect_story(R"(
    Shanghai
    person father employee carryover 300.00
    person child1 resident
    person child2 resident
    form father modes PAY with child1 CHILD with child2 CHILD
    quote child1 250.00                          | 0 / 250.00 / 0
    bill child2 120.00                           | 0 / 120.00 / 0
    settle child1                                | stale 0 / 180.00 / 70.00
    confirm child1                               | 0 / 180.00 / 70.00
  )");
}

TEST(Rules, SH_24_employee_pays_own_carryover_first) {
  expect_story(R"(
    Shanghai
    person father employee carryover 1000.00
    person mother employee current 90.00 carryover 200.00
    form father modes PAY with mother SPOUSE
    bill mother 200.00                           | 200.00 / 0 / 0
    bill mother 150.00                           | 0 / 150.00 / 0
    current mother 90.00
    bill mother 60.00 taken 50.00                | 0 / 10.00 / 0
    current mother 40.00
    bill mother 60.00 taken 40.01                | E_FIELD
  )");
}

TEST(Rules, SH_25_resident_goes_straight_to_the_fund) {
  expect_story(R"(
    Shanghai
    person father employee carryover 1000.00
    person child resident carryover 40.00
    form father modes PAY with child CHILD
    bill child 120.00                            | 0 / 120.00 / 0
    carryover child 40.00
  )");
}

TEST(Rules, SH_27_family_money_stays_out_of_the_relief_policies) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person mother employee carryover 10.00
    form father modes PAY with mother SPOUSE
    bill mother 10.00                            | 10.00 / 0 / 0 relief=unset
    bill mother 10.00                            | 0 / 10.00 / 0 relief=no
    bill mother 10.00 pharmacy                   | 0 / 10.00 / 0 relief=no
    bill mother 500.00                           | 0 / 80.00 / 420.00 relief=no
    bill mother 10.00                            | 0 / 0 / 10.00 E_FUND_EMPTY relief=unset
  )");
}

TEST(Rules, SH_28_pharmacies_take_the_fund_in_pay_mode) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child resident
    form father modes PAY with child CHILD
    bill child 66.50 pharmacy                    | 0 / 66.50 / 0
    modes father PREMIUM
    bill child 10.00 pharmacy                    | 0 / 0 / 10.00 E_MODE_OFF
  )");
}

TEST(Rules, SH_29_the_deductible_depends_on_the_channel) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child resident
    form father modes PAY with child CHILD
    bill child 10.00 pharmacy                    | 0 / 10.00 / 0 deductible=no
    bill child 10.00                             | 0 / 10.00 / 0 deductible=yes
    bill father 10.00 pharmacy                   | 10.00 / 0 / 0 deductible=unset
  )");
}

TEST(Rules, SH_30_listed_items_may_be_bought_at_pharmacies_while_the_list_runs) {
  expect_story(R"(
    Shanghai 2022-08-01
    person father employee carryover 900.00
    person child resident
    form father modes PAY with child CHILD
    bill child 30.00 pharmacy own-pay 30.00 C14030000000000000201 | 0 / 30.00 / 0
    bill child 30.00 pharmacy own-pay 30.00 C09160000000000000101 | 0 / 30.00 / 0
    bill child 30.00 pharmacy own-pay 30.00 C00000000000000000000 | 0 / 0 / 30.00
    bill child 30.00 own-pay 30.00 C14030000000000000201          | 0 / 0 / 30.00
    on 2024-12-31
    rule allowed_items none
    bill child 30.00 pharmacy own-pay 30.00 C14030000000000000201 | 0 / 0 / 30.00
  )");
}

TEST(Rules, SH_31_another_person_s_card_is_refused) {
  expect_story(R"(
    Shanghai
    person father employee carryover 900.00
    person child resident
    form father modes PAY with child CHILD
    bill child 30.00 id-of father                | E_NOT_OWN_CARD next=OWN_CARD
    bill child 30.00 card-of father              | E_NOT_OWN_CARD
    quote child 30.00 id-of father               | E_NOT_OWN_CARD
    carryover father 900.00
    bill child 30.00 id-of child                 | 0 / 30.00 / 0
    bill child 30.00 card-of child               | 0 / 30.00 / 0
  )");
}

TEST(Rules, SH_32_the_pooled_part_goes_out_as_it_came_in) {
  expect_story(R"(
    Shanghai
    person father employee carryover 900.00
    person mother employee carryover 20.00
    form father modes PAY with mother SPOUSE
    quote mother 60.00                           | 20.00 / 40.00 / 0
    quote mother 60.00 pooled 940.00             | 20.00 / 40.00 / 0
    bill mother 60.00 pooled 0.01                | 20.00 / 40.00 / 0
  )");
}

TEST(Rules, SH_33_family_money_is_the_organiser_s_and_returns_to_him) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person mother employee carryover 20.00
    form father modes PAY with mother SPOUSE
    account father 100.00
    bill mother 70.00                            | 20.00 / 50.00 / 0
    account father 50.00
    leave mother father
    disband father
    cancel mother                                | back 20.00 / 50.00 / 0
    account father 100.00
    account mother 20.00
  )");
}

TEST(Rules, SH_40_the_organiser_uses_the_same_balance_first_come_first_served) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child resident
    form father modes PAY with child CHILD
    bill child 70.00                             | 0 / 70.00 / 0
    bill father 50.00                            | 30.00 / 0 / 20.00
    bill child 50.00                             | 0 / 0 / 50.00 E_FUND_EMPTY
  )");
}

TEST(Rules, SH_41_networks_formed_in_july_2022_serve_from_august) {
  expect_story(R"(
    Shanghai 2022-07-15
    person father employee carryover 100.00
    person child resident
    form father modes PAY with child CHILD
    on 2022-07-31 23:59:59
    bill child 10.00                             | 0 / 0 / 10.00 E_NOT_STARTED
    on 2022-08-01 00:00
    bill child 10.00                             | 0 / 10.00 / 0
    person mother employee carryover 100.00
    person son resident
    form mother modes PAY with son CHILD
    bill son 10.00                               | 0 / 10.00 / 0
  )");
}

TEST(Rules, SH_42_designated_places_and_the_eligible_part_only) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child resident
    form father modes PAY with child CHILD
    bill child 10.00 undesignated                | 0 / 0 / 10.00 E_NOT_DESIGNATED
    bill child 10.00 pharmacy undesignated       | 0 / 0 / 10.00 E_NOT_DESIGNATED
    bill child 80.00 own-pay 30.00 X             | 0 / 50.00 / 30.00
    bill child 10.00 in 320100                   | 0 / 0 / 10.00 E_OUT_OF_PROVINCE
    rule area_of_use anywhere
    bill child 10.00 in 320100                   | 0 / 10.00 / 0
    rule account_pays all_personal
    bill child 20.00 own-pay 5.00 X              | 0 / 20.00 / 0
  )");
}

}  // namespace
}  // namespace gongji::test
