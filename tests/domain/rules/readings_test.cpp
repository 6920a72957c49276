// The readings that settle doubts (docs/rules.md, "Readings"), as far as settling, binding and
// reversing go.
#include <gtest/gtest.h>

#include "tests/domain/support/story.hpp"

namespace gongji::test {
namespace {

TEST(Readings, a_reversal_refills_its_own_link_and_never_the_successor) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 300.00
    bill child 100.00                             | 0 / 100.00 / 0
    unbind mother child
    bind mother child CHILD quota 50.00
    cancel child                                  | back 0 / 100.00 / 0
    quota child 50.00
    account mother 3000.00
    restore child                                 | E_NO_NETWORK
  )");
}

TEST(Readings, a_shanxi_authoriser_without_links_has_no_role) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person father employee account 3000.00
    person child resident
    bind mother child CHILD quota 300.00
    bind father mother SPOUSE quota 1.00          | E_CHAIN_AUTH
    bill mother 3100.00 no-family                 | 3000.00 / 0 / 100.00
    bill mother 5.00                              | 0 / 0 / 5.00
    unbind mother child
    bill mother 5.00                              | 0 / 0 / 5.00 E_NO_NETWORK
    bind father mother SPOUSE quota 300.00
    bill mother 5.00                              | 0 / 5.00 / 0
  )");
}

TEST(Readings, who_has_unbound_everybody_may_form_again) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    form mother modes PREMIUM
    bind mother child CHILD quota 300.00
    form mother                                   | E_ALREADY_IN_NETWORK
    bill child 10.00                              | 0 / 0 / 10.00 E_MODE_OFF
    unbind mother child
    form mother
    bind mother child CHILD quota 300.00
    bill child 10.00                              | 0 / 10.00 / 0
  )");
}

TEST(Readings, shanxi_needs_no_mode_confirmation_but_modes_may_narrow) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 300.00
    bill child 10.00                              | 0 / 10.00 / 0
    modes mother PREMIUM
    bill child 10.00                              | 0 / 0 / 10.00 E_MODE_OFF
    modes mother PAY
    bill child 10.00                              | 0 / 10.00 / 0
  )");
}

TEST(Readings, a_shanxi_member_may_leave_unless_the_switch_says_no) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 300.00
    rule member_may_leave no
    leave child mother                            | E_FORBIDDEN
    rule member_may_leave yes
    leave child mother
    member child nobody
  )");
}

TEST(Readings, the_authoriser_s_status_at_use_is_a_switch) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 300.00
    change mother suspended
    bill child 10.00                              | 0 / 0 / 10.00 E_SUSPENDED
    rule use_needs_organiser_status no
    bill child 10.00                              | 0 / 10.00 / 0
  )");
}

TEST(Readings, disbanding_unbinds_everybody) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child1 resident
    person child2 resident
    bind mother child1 CHILD quota 300.00
    bind mother child2 CHILD quota 300.00
    disband mother
    member child1 nobody
    member child2 nobody
    disband mother                                | E_NO_NETWORK
  )");
}

TEST(Readings, a_closed_account_disbands_and_a_frozen_one_does_not) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child resident
    form father modes PAY with child CHILD
    change father frozen
    bill child 10.00                              | 0 / 0 / 10.00 E_ACCOUNT_UNUSABLE
    change father closed
    bill child 10.00                              | 0 / 0 / 10.00 E_NO_NETWORK
    network father gone
  )");
}

TEST(Readings, a_live_pair_is_rebound_and_a_rival_is_told_he_is_late) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person father employee account 3000.00
    person child resident
    bind mother child CHILD quota 300.00
    bind mother child CHILD quota 300.00          | E_REBIND_REQUIRED
    bind father child CHILD quota 300.00          | E_ALREADY_BOUND
  )");
}

TEST(Readings, flags_speak_of_the_family_part_only) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 300.00
    bill child 10.00                              | 0 / 10.00 / 0 relief=unset deductible=unset
  )");
}

TEST(Readings, modes_given_when_forming_count_as_confirmed) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person mother employee carryover 100.00
    form father modes PAY
    network father active
    form mother
    network mother unconfirmed
  )");
}

TEST(Readings, forming_is_all_or_nothing) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child resident
    person friend resident
    form father modes PAY with child CHILD with friend OTHER | E_REL_NOT_ALLOWED
    network father gone
    member child nobody
    form father modes PAY with child CHILD with child CHILD  | E_ALREADY_IN_NETWORK
    network father gone
  )");
}

TEST(Readings, shanghai_has_switches_for_suspended_members_and_the_place_of_use) {
  expect_story(R"(
    Shanghai
    person father employee carryover 100.00
    person child resident
    form father modes PAY with child CHILD
    change child suspended
    bill child 10.00                              | 0 / 0 / 10.00 E_SUSPENDED
    rule use_needs_member_status no
    bill child 10.00                              | 0 / 10.00 / 0
    bill child 10.00 in 320100                    | 0 / 0 / 10.00 E_OUT_OF_PROVINCE
    rule area_of_use anywhere
    bill child 10.00 in 320100                    | 0 / 10.00 / 0
  )");
}

TEST(Readings, no_reason_when_nothing_was_asked_of_the_family) {
  expect_story(R"(
    Shanghai
    person single employee carryover 20.00
    bill single 20.00                             | 20.00 / 0 / 0
    bill single 20.00 no-account                  | 0 / 0 / 20.00
    bill single 20.00                             | 0 / 0 / 20.00 E_NO_NETWORK next=ONLINE
  )");
}

// Beijing: several authorisers, in the order of registration; the engine walks a list of funds.
TEST(Readings, several_funds_are_walked_in_the_order_of_registration) {
  expect_story(R"(
    Beijing
    person father employee account 100.00
    person mother employee account 50.00
    person son employee account 10.00
    bind mother son CHILD
    bind father son CHILD
    bill son 100.00                               | 10.00 / 90.00 / 0
    account mother 0
    account father 60.00
    unbind mother son
    bill son 100.00                               | 0 / 60.00 / 40.00
    bill son 1.00                                 | 0 / 0 / 1.00 E_FUND_EMPTY
  )");
}

TEST(Readings, a_fund_that_may_not_pay_does_not_stop_the_next_one) {
  expect_story(R"(
    Beijing
    person father employee account 100.00
    person mother employee account 50.00
    person child resident
    bind mother child CHILD
    bind father child CHILD
    change mother frozen
    bill child 30.00                              | 0 / 30.00 / 0
    account mother 50.00
    account father 70.00
    bind child father PARENT                      | E_NOT_EMPLOYEE
    bind father mother SPOUSE                     | ok
    bind mother father SPOUSE                     | E_ACCOUNT_UNUSABLE
  )");
}

TEST(Readings, shenzhen_has_a_floor_for_each_year) {
  expect_story(R"(
    Shenzhen 2026-03-02
    person father employee account 5600.00
    person child resident
    bind father child CHILD
    bill child 30.00                              | 0 / 14.60 / 15.40
    bill child 30.00                              | 0 / 0 / 30.00 E_FLOOR
  )");
}

}  // namespace
}  // namespace gongji::test
