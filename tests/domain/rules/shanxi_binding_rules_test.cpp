// One test for each Shanxi rule about binding; ids as in docs/rules.md.
#include <gtest/gtest.h>

#include "tests/domain/support/story.hpp"

namespace gongji::test {
namespace {

TEST(Rules, SX_01_the_authoriser_is_an_employee_of_the_province) {
  expect_story(R"(
    Shanxi
    person resident resident
    person elsewhere employee account 3000.00 in 310101
    person mother employee account 3000.00
    person child resident
    bind resident child CHILD quota 500.00        | E_NOT_EMPLOYEE
    bind elsewhere child CHILD quota 500.00       | E_NOT_EMPLOYEE
    bind mother child CHILD quota 500.00
  )");
}

TEST(Rules, SX_02_beneficiaries_are_near_kin) {
  for (const char* kin : {"SPOUSE", "PARENT", "CHILD", "SIBLING", "GRANDPARENT", "GRANDCHILD"})
    expect_story(std::string{R"(
      Shanxi
      person mother employee account 3000.00
      person kin resident
      bind mother kin )"} +
                 kin + " quota 1.00");
  for (const char* other : {"PARENT_IN_LAW", "OTHER"})
    expect_story(std::string{R"(
      Shanxi
      person mother employee account 3000.00
      person kin resident
      bind mother kin )"} +
                 other + " quota 1.00 | E_REL_NOT_ALLOWED");
}

TEST(Rules, SX_03_beneficiaries_are_insured_in_the_province) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person here resident in 149900
    person employee employee
    person elsewhere resident in 610100
    person helped help
    bind mother here CHILD quota 1.00
    bind mother employee CHILD quota 1.00
    bind mother elsewhere CHILD quota 1.00        | E_NOT_INSURED next=WALLET
    bind mother helped CHILD quota 1.00           | E_NOT_INSURED
  )");
}

TEST(Rules, SX_04_both_sides_are_in_normal_status) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00 suspended
    person child resident
    bind mother child CHILD quota 500.00          | E_SUSPENDED
    change mother ended
    bind mother child CHILD quota 500.00          | E_NOT_INSURED
    change mother normal
    change child suspended
    bind mother child CHILD quota 500.00          | E_SUSPENDED
    change child ended
    bind mother child CHILD quota 500.00          | E_NOT_INSURED
    change child normal
    bind mother child CHILD quota 500.00
    change mother suspended
    bill child 10.00                              | 0 / 0 / 10.00 E_SUSPENDED
    change mother normal
    change child suspended
    bill child 10.00                              | 0 / 0 / 10.00 E_SUSPENDED
    member child mother
    change child normal
    bill child 10.00                              | 0 / 10.00 / 0
  )");
}

TEST(Rules, SX_08_a_binding_carries_the_authorised_amount) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD                       | E_FIELD
    bind mother child CHILD quota 500.00
    quota child 500.00
  )");
}

TEST(Rules, SX_09_a_quota_is_at_most_the_shareable_money_when_it_is_set) {
  expect_story(R"(
    Shanxi
    person mother employee account 1300.00
    person child1 resident
    person child2 resident
    bind mother child1 CHILD quota 300.01         | E_QUOTA_OVER_SHAREABLE
    bind mother child1 CHILD quota 300.00
    rule quota_sum_checked yes
    bind mother child2 CHILD quota 0.01           | E_QUOTA_OVER_SHAREABLE
    rule quota_sum_checked no
    bind mother child2 CHILD quota 300.00
    person poor employee account 900.00
    bind poor mother SPOUSE quota 0               | E_CHAIN_AUTH
    person son resident
    bind poor son CHILD quota 0
  )");
}

TEST(Rules, SX_11_a_quota_is_raised_by_unbinding_and_binding_again) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 100.00
    bind mother child CHILD quota 500.00          | E_REBIND_REQUIRED next=ORGANISER
    bill child 60.00                              | 0 / 60.00 / 0
    quota child 40.00
    unbind mother child
    bind mother child CHILD quota 500.00
    quota child 500.00
  )");
}

TEST(Rules, SX_12_one_authoriser_at_a_time) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person father employee account 3000.00
    person child resident
    bind mother child CHILD quota 1.00 from 2026-01-01 to 2026-06-30
    bind father child CHILD quota 1.00 from 2026-06-30 to 2026-12-31 | E_ALREADY_BOUND
    bind father child CHILD quota 1.00 from 2025-01-01 to 2026-01-01 | E_ALREADY_BOUND
    bind father child CHILD quota 1.00 from 2026-07-01 to 2026-12-31
    member child mother,father
  )");
}

TEST(Rules, SX_14_another_authoriser_waits_until_the_first_unbinds) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person father employee account 3000.00
    person child resident
    bind mother child CHILD quota 500.00
    bind father child CHILD quota 500.00          | E_ALREADY_BOUND next=ORGANISER
    unbind mother child
    bind father child CHILD quota 500.00
    bill child 10.00                              | 0 / 10.00 / 0
    account father 2990.00
    rule future_window_allowed no
    bind mother child CHILD quota 1.00 from 2027-01-01 to 2027-12-31 | E_ALREADY_BOUND
    on 2027-01-01
    bind mother child CHILD quota 1.00 from 2027-01-01 to 2027-12-31
  )");
}

TEST(Rules, SX_15_an_authoriser_in_a_live_window_is_no_beneficiary) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person father employee account 3000.00
    person child resident
    bind mother child CHILD quota 0 from 2026-01-01 to 2026-06-30
    bind father mother SPOUSE quota 1.00 from 2026-06-30 to 2026-12-31 | E_CHAIN_AUTH
    bind father mother SPOUSE quota 1.00 from 2026-07-01 to 2026-12-31
  )");
}

TEST(Rules, SX_16_a_beneficiary_in_a_live_window_is_no_authoriser) {
  expect_story(R"(
    Shanxi
    person father employee account 3000.00
    person mother employee account 90000.00
    person child resident
    bind father mother SPOUSE quota 1.00 from 2026-01-01 to 2026-06-30
    bind mother child CHILD quota 1.00 from 2026-06-30 to 2026-12-31 | E_CHAIN_BENEF
    bind mother child CHILD quota 1.00 from 2026-07-01 to 2026-12-31
  )");
}

TEST(Rules, SX_17_an_authoriser_binds_any_number_of_relatives) {
  std::string story = R"(
    Shanxi
    person mother employee account 3000.00
  )";
  for (int i = 0; i < 12; ++i) {
    const std::string name = "child" + std::to_string(i);
    story += "person " + name + " resident\nbind mother " + name + " CHILD quota 2000.00\n";
  }
  expect_story(story + "bill child11 2500.00 | 0 / 2000.00 / 500.00");
}

TEST(Rules, SX_19_duplicate_insurance_without_a_main_account_blocks_either_side) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00 duplicate main-none
    person child resident
    bind mother child CHILD quota 500.00          | E_DUP_INSURED
    change mother single
    change child duplicate main-none
    bind mother child CHILD quota 500.00          | E_DUP_INSURED
    change child main-right
    bind mother child CHILD quota 500.00
    change child main-none
    bill child 10.00                              | 0 / 0 / 10.00 E_DUP_INSURED
    change child single
    bill child 10.00                              | 0 / 10.00 / 0
    change mother duplicate
    bill child 10.00                              | 0 / 0 / 10.00 E_DUP_INSURED
  )");
}

TEST(Rules, SX_20_a_wrong_main_account_is_corrected_first) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident duplicate main-wrong
    bind mother child CHILD quota 500.00          | E_WRONG_MAIN
    change child main-right
    bind mother child CHILD quota 500.00
    change child main-wrong
    bill child 10.00                              | 0 / 0 / 10.00 E_WRONG_MAIN
    change child single
    bill child 10.00                              | 0 / 10.00 / 0
  )");
}

TEST(Rules, SX_21_minors_and_exhausted_attempts_go_to_the_agency) {
  expect_story(R"(
    Shanxi 2026-03-02
    person mother employee account 3000.00
    person adult resident duplicate born 2008-03-02
    person minor resident duplicate born 2008-03-03
    person tired resident duplicate born 1980-01-01 attempts-used
    person wrong resident duplicate main-wrong born 2010-01-01
    person dateless resident duplicate
    bind mother adult CHILD quota 1.00            | E_DUP_INSURED next=ONLINE
    bind mother minor CHILD quota 1.00            | E_DUP_INSURED next=AGENCY
    bind mother tired CHILD quota 1.00            | E_DUP_INSURED next=AGENCY
    bind mother wrong CHILD quota 1.00            | E_WRONG_MAIN next=AGENCY
    bind mother dateless CHILD quota 1.00           | E_DUP_INSURED next=ONLINE
  )");
}

TEST(Rules, SX_23_after_a_change_of_place_unbind_and_bind_again) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident in 140107
    bind mother child CHILD quota 500.00
    change child in 140106
    bill child 10.00                              | 0 / 0 / 10.00 E_PLACE_CHANGED
    unbind mother child
    bind mother child CHILD quota 500.00
    bill child 10.00                              | 0 / 10.00 / 0
    change mother in 140602
    bill child 10.00                              | 0 / 0 / 10.00 E_PLACE_CHANGED
    rule place_change_blocks_pay no
    bill child 10.00                              | 0 / 10.00 / 0
  )");
}

TEST(Rules, SX_37_unbinding_works_at_once_and_without_limit) {
  std::string story = R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
  )";
  for (int i = 0; i < 20; ++i)
    story += R"(
      bind mother child CHILD quota 500.00
      bill child 10.00                            | 0 / 10.00 / 0
      unbind mother child
      bill child 10.00                            | 0 / 0 / 10.00 E_NO_NETWORK
    )";
  expect_story(story);
}

}  // namespace
}  // namespace gongji::test
