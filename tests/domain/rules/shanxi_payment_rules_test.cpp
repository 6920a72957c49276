// One test for each Shanxi rule about paying; ids as in docs/rules.md.
#include <gtest/gtest.h>

#include "tests/domain/support/story.hpp"

namespace gongji::test {
namespace {

TEST(Rules, SX_05_only_the_part_above_1000_is_shared) {
  expect_story(R"(
    Shanxi
    person mother employee current 900.00 carryover 350.00
    person child resident
    bind mother child CHILD quota 250.00
    available child 250.00
    bill child 400.00                             | 0 / 250.00 / 150.00
    account mother 1000.00
  )");
}

TEST(Rules, SX_06_at_the_floor_or_under_it_nothing_can_be_used) {
  expect_story(R"(
    Shanxi
    person mother employee account 1000.03
    person child resident
    bind mother child CHILD quota 0.03
    bill mother 0.02                              | 0.02 / 0 / 0
    quote child 30.00                             | 0 / 0.01 / 29.99
    bill mother 0.01                              | 0.01 / 0 / 0
    bill child 30.00                              | 0 / 0 / 30.00 E_FLOOR
    bill mother 200.00                            | 200.00 / 0 / 0
    bill child 30.00                              | 0 / 0 / 30.00 E_FLOOR
    available child 0
  )");
}

TEST(Rules, SX_07_the_holder_himself_may_go_under_the_floor) {
  expect_story(R"(
    Shanxi
    person mother employee account 1200.00
    person child resident
    bind mother child CHILD quota 200.00
    bill mother 1300.00                           | 1200.00 / 0 / 100.00
    account mother 0
    member child mother
    bill child 5.00                               | 0 / 0 / 5.00 E_FLOOR
  )");
}

TEST(Rules, SX_10_the_least_of_quota_shareable_money_and_bill) {
  expect_story(R"(
    Shanxi
    person mother employee account 1900.00
    person child resident
    bind mother child CHILD quota 600.00
    bill child 100.00 as small                    | 0 / 100.00 / 0
    quota child 500.00
    bill child 700.00                             | 0 / 500.00 / 200.00
    bill child 10.00                              | 0 / 0 / 10.00 E_QUOTA next=ORGANISER
    cancel small                                  | back 0 / 100.00 / 0
    bill mother 350.00                            | 350.00 / 0 / 0
    bill child 80.00                              | 0 / 50.00 / 30.00
    quota child 50.00
  )");
  expect_story(R"(
    Shanxi
    rule quota_kind per_settlement
    person mother employee account 1900.00
    person child resident
    bind mother child CHILD quota 600.00
    bill child 700.00                             | 0 / 600.00 / 100.00
    bill child 700.00                             | 0 / 300.00 / 400.00
    bill child 700.00                             | 0 / 0 / 700.00 E_FLOOR
  )");
}

TEST(Rules, SX_13_the_window_includes_both_days_in_civil_time) {
  expect_story(R"(
    Shanxi 2026-03-02
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 500.00 from 2026-03-05 to 2026-03-09
    on 2026-03-04 23:59:59
    bill child 10.00                              | 0 / 0 / 10.00 E_WINDOW
    on 2026-03-05 00:00
    bill child 10.00                              | 0 / 10.00 / 0
    on 2026-03-09 23:59:59
    bill child 10.00                              | 0 / 10.00 / 0
    on 2026-03-10 00:00
    bill child 10.00                              | 0 / 0 / 10.00 E_WINDOW
    bind mother child CHILD quota 500.00 from 2026-03-12 to 2026-03-11 | E_FIELD
    bind mother child CHILD quota 500.00 from 2026-03-12               | E_FIELD
    bind mother child CHILD quota 500.00 to 2026-03-12                 | E_REBIND_REQUIRED
  )");
}

TEST(Rules, SX_22_own_account_first_then_the_family_and_cash_for_the_rest) {
  expect_story(R"(
    Shanxi
    person mother employee account 1400.00
    person son employee current 70.00 carryover 50.00
    bind mother son CHILD quota 300.00
    bill son 100.00                               | 100.00 / 0 / 0
    bill son 500.00                               | 20.00 / 300.00 / 180.00
    account son 0
    bill son 10.00 id-of mother                   | E_NOT_OWN_CARD
  )");
}

TEST(Rules, SX_24_usable_inside_the_province_only) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 500.00
    bill child 10.00 in 310101                    | 0 / 0 / 10.00 E_OUT_OF_PROVINCE
    bill child 10.00 in 130100                    | 0 / 0 / 10.00 E_OUT_OF_PROVINCE
    bill child 10.00 in 149900                    | 0 / 10.00 / 0
  )");
}

TEST(Rules, SX_25_any_city_of_the_province_will_do) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00 in 140107
    person child resident in 140202
    bind mother child CHILD quota 500.00
    bill child 10.00 in 141002                    | 0 / 10.00 / 0
  )");
}

TEST(Rules, SX_26_across_provinces_there_is_the_wallet) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 500.00
    bill child 10.00 in 110101                    | 0 / 0 / 10.00 E_OUT_OF_PROVINCE next=WALLET
    person elsewhere resident in 110101
    bind mother elsewhere CHILD quota 500.00      | E_NOT_INSURED next=WALLET
  )");
}

TEST(Rules, SX_39_money_may_be_shared_cards_may_not) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 500.00
    bill child 10.00 id-of mother                 | E_NOT_OWN_CARD
    bill child 10.00 card-of mother pharmacy      | E_NOT_OWN_CARD
    bill child 10.00 card-of child pharmacy       | 0 / 10.00 / 0
  )");
}

TEST(Rules, SX_40_binding_moves_nothing_and_use_debits_the_authoriser) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 2000.00
    account mother 3000.00
    account child 0
    bill mother 1500.00                           | 1500.00 / 0 / 0
    bill child 100.00                             | 0 / 100.00 / 0
    account mother 1400.00
    account child 0
  )");
}

}  // namespace
}  // namespace gongji::test
