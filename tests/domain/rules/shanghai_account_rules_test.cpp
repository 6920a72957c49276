// One test for each Shanghai rule about the account behind the fund; ids as in docs/rules.md.
#include <gtest/gtest.h>

#include "tests/domain/support/story.hpp"

namespace gongji::test {
namespace {

TEST(Rules, SH_15_a_wrongly_declared_relation_is_corrected_in_place) {
  expect_story(R"(
    Shanghai 2024-03-02
    person father employee carryover 500.00
    person wife resident
    person child resident
    form father modes PAY with wife CHILD with child CHILD
    relation father wife SPOUSE
    relation father wife SPOUSE                   | nothing
    relation father wife SIBLING                  | E_REL_NOT_ALLOWED
    relation father father SPOUSE                 | E_NO_NETWORK
    relation wife child CHILD                     | E_NO_NETWORK
    bill wife 20.00                               | 0 / 20.00 / 0
  )");
}

TEST(Rules, SH_19_what_was_settled_before_a_member_was_removed_stands) {
  expect_story(R"(
    Shanghai
    person husband employee carryover 500.00
    person wife resident
    form husband modes PAY with wife SPOUSE
    on 2026-03-09 09:00
    bill wife 300.00                              | 0 / 300.00 / 0
    on 2026-03-10 09:00
    unbind husband wife
    carryover husband 200.00
    bill wife 10.00 as later                      | 0 / 0 / 10.00 E_NO_NETWORK
    carryover husband 200.00
  )");
}

TEST(Rules, SH_33_a_closed_account_ends_the_network_a_frozen_one_keeps_it) {
  expect_story(R"(
    Shanghai
    person father employee current 40.00 carryover 500.00
    person child resident
    form father modes PAY PREMIUM with child CHILD
    freeze father
    bill child 20.00                              | 0 / 0 / 20.00 E_ACCOUNT_UNUSABLE
    contribute child RESIDENT_PREMIUM 2026        | E_ACCOUNT_UNUSABLE
    network father active
    unfreeze father
    bill child 20.00                              | 0 / 20.00 / 0
    transfer-out father                           | left 520.00
    network father gone
    account father 0
    bill child 20.00                              | 0 / 0 / 20.00 E_NO_NETWORK
    transfer-out father                           | E_ACCOUNT_UNUSABLE
    credit father carryover 5.00                  | E_ACCOUNT_UNUSABLE
    form father modes PAY with child CHILD        | E_ACCOUNT_UNUSABLE
  )");
  expect_story(R"(
    Shanghai
    person father employee carryover 500.00
    person child resident
    form father modes PAY with child CHILD
    close father
    network father gone
    member child nobody
    transfer-out child INHERITANCE                | E_NOT_EMPLOYEE
  )");
}

TEST(Rules, SH_34_a_review_marks_a_settlement_and_decides_nothing) {
  expect_story(R"(
    Shanghai
    person father employee carryover 500.00
    person child resident
    form father modes PAY with child CHILD
    bill child 20.00                              | 0 / 20.00 / 0
    reviewed child no
    review child
    reviewed child yes
    carryover father 480.00
    bill child 30.00 as next                      | 0 / 30.00 / 0
    cancel child                                  | back 0 / 20.00 / 0
    lift child
    reviewed child no
  )");
}

TEST(Rules, SH_35_money_credited_from_the_first_of_july_is_current_year_money) {
  expect_story(R"(
    Shanghai 2026-06-30 23:59
    person father employee carryover 10.00
    person child resident
    form father modes PAY with child CHILD
    credit father current 100.00
    on 2026-07-01 00:00
    credit father current 60.00
    current father 160.00
    available child 10.00
    roll father 2026
    current father 60.00
    carryover father 110.00
    available child 110.00
    roll father 2027                              | E_FIELD
    on 2027-06-30 23:59
    roll father 2027                              | E_FIELD
    on 2027-07-01 00:00
    roll father 2027
    current father 0
    carryover father 170.00
  )");
}

TEST(Rules, SH_36_the_roll_is_posted_once_for_each_account_and_year) {
  expect_story(R"(
    Shanghai 2026-06-28
    person father employee current 800.00 carryover 0.01
    person child resident
    form father modes PAY with child CHILD
    on 2026-07-02
    available child 0.01
    roll father 2026 interest 1.25
    carryover father 801.26
    roll father 2026 interest 1.25                | nothing
    roll father 2025 interest 9.00                | nothing
    carryover father 801.26
    current father 0
    roll child 2026                               | nothing
    debit father carryover 801.26
    debit father carryover 0.01                   | E_FIELD limit=0.00
    network father active
    bill child 1.00                               | 0 / 0 / 1.00 E_FUND_EMPTY
  )");
}

TEST(Rules, SH_36_a_late_roll_leaves_the_new_year_s_money) {
  expect_story(R"(
    Shanghai 2026-05-05
    person father employee current 30.00 carryover 0.01
    person mother employee carryover 1.00
    form mother modes PAY with father SPOUSE
    on 2026-07-20
    credit father current 50.00
    bill father 60.00 taken 60.00 as core         | 0 / 0 / 0
    current father 20.00
    roll father 2026
    current father 20.00
    carryover father 0.01
    cancel core                                   | back 60.00 / 0 / 0
    carryover father 30.01
    current father 50.00
  )");
}

}  // namespace
}  // namespace gongji::test
