// One test for each Shanghai rule about premiums and products; ids as in docs/rules.md.
#include <gtest/gtest.h>

#include "tests/domain/support/story.hpp"

namespace gongji::test {
namespace {

TEST(Rules, SH_22_a_mode_that_is_off_pays_no_premium) {
  expect_story(R"(
    Shanghai
    person father employee carryover 1000.00
    person child resident
    form father with child CHILD
    contribute child RESIDENT_PREMIUM 2026 by child  | E_MODE_UNCONFIRMED
    modes father PAY
    contribute child RESIDENT_PREMIUM 2026 by child  | E_MODE_OFF
    modes father PREMIUM
    contribute child RESIDENT_PREMIUM 2026 by child  | paid 380.00 payer=father own=no
    carryover father 620.00
  )");
}

TEST(Rules, SH_26_premiums_are_paid_whole_or_not_at_all) {
  expect_story(R"(
    Shanghai
    person father employee current 900.00 carryover 379.99
    person child resident
    form father modes PREMIUM with child CHILD
    contribute child RESIDENT_PREMIUM 2026 by father | E_INSUFFICIENT_PREMIUM limit=379.99
    credit father carryover 0.01
    contribute child RESIDENT_PREMIUM 2026 by father | paid 380.00
    carryover father 0
    current father 900.00
    contribute child RESIDENT_PREMIUM 2026 by father | E_ALREADY_PAID
  )");
}

TEST(Rules, SH_26_other_purposes_are_refused) {
  expect_story(R"(
    Shanghai
    person father employee carryover 5000.00
    person child resident
    form father modes PREMIUM with child CHILD
    contribute child LONG_TERM_CARE 2026 by father   | E_PURPOSE
    contribute child COMMERCIAL 2026 by father       | E_PURPOSE
    contribute child COMMERCIAL OTHERBAO 2026 by father | E_PURPOSE
    carryover father 5000.00
  )");
}

TEST(Rules, SH_26_own_money_first_is_said_of_bills_only) {
  expect_story(R"(
    Shanghai
    person father employee carryover 200.00
    person mother employee carryover 200.00
    form father modes PAY PREMIUM with mother SPOUSE
    contribute mother COMMERCIAL HUHUIBAO 2026 by mother | paid 129.00 payer=father
    carryover mother 200.00
    carryover father 71.00
  )");
}

TEST(Rules, SH_26_an_insurer_that_refuses_gives_everything_back) {
  expect_story(R"(
    Shanghai
    person father employee carryover 200.00
    person child resident
    form father modes PREMIUM with child CHILD
    contribute child COMMERCIAL HUHUIBAO 2026 by father | paid 129.00 insurer=asked
    insurer child refuses                               | back 129.00 suspense=0.00
    order child reversed
    insurer child refuses                               | nothing
    insurer child confirms                              | nothing
    carryover father 200.00
    contribute child COMMERCIAL HUHUIBAO 2026 by father | paid 129.00
    insurer child confirms
    insurer child refuses                               | nothing
    order child paid
    carryover father 71.00
    contribute child RESIDENT_PREMIUM 2026 by father    | E_INSUFFICIENT_PREMIUM
  )");
}

TEST(Rules, SH_43_the_member_or_the_organiser_orders_and_nobody_else) {
  expect_story(R"(
    Shanghai
    person father employee carryover 5000.00
    person child1 resident
    person child2 resident
    person stranger employee carryover 5000.00
    form father modes PREMIUM with child1 CHILD with child2 CHILD
    contribute child1 RESIDENT_PREMIUM 2026 by child2   | E_FORBIDDEN
    contribute child1 RESIDENT_PREMIUM 2026 by stranger | E_FORBIDDEN
    contribute child1 RESIDENT_PREMIUM 2026 by child1   | paid 380.00
    contribute child2 RESIDENT_PREMIUM 2026 by father   | paid 380.00
    contribute child1 RESIDENT_PREMIUM 2027             | paid 400.00
    rule member_may_order no
    contribute child2 RESIDENT_PREMIUM 2027 by child2   | E_FORBIDDEN
  )");
}

TEST(Rules, SH_44_a_holder_buys_the_product_from_his_own_carryover) {
  expect_story(R"(
    Shanghai
    person son employee current 900.00 carryover 500.00
    person father resident
    contribute father COMMERCIAL HUHUIBAO 2026 by son | paid 129.00 payer=son own=yes insurer=asked
    contribute son COMMERCIAL HUHUIBAO 2026           | paid 129.00 payer=son own=yes
    contribute son COMMERCIAL HUHUIBAO 2026           | E_ALREADY_PAID
    contribute son COMMERCIAL HUHUIBAO 2027           | paid 129.00
    carryover son 113.00
    contribute father COMMERCIAL HUHUIBAO 2027 by son | E_INSUFFICIENT_PREMIUM limit=113.00
    contribute father RESIDENT_PREMIUM 2026 by father | E_NO_NETWORK
    insurer father refuses                            | back 129.00
    carryover son 242.00
    current son 900.00
  )");
}

TEST(Rules, SH_44_neither_network_nor_mode_is_asked) {
  expect_story(R"(
    Shanghai
    person father employee carryover 500.00
    person mother employee carryover 500.00
    person child resident
    form father modes PAY with mother SPOUSE with child CHILD
    contribute child COMMERCIAL HUHUIBAO 2026 by father  | paid 129.00 payer=father own=yes
    contribute father COMMERCIAL HUHUIBAO 2026 by father | paid 129.00 payer=father own=yes
    contribute mother COMMERCIAL HUHUIBAO 2026 by mother | paid 129.00 payer=mother own=yes
    contribute child COMMERCIAL HUHUIBAO 2027 by mother  | paid 129.00 payer=mother own=yes
    contribute child COMMERCIAL HUHUIBAO 2025 by child   | E_MODE_OFF
    contribute child RESIDENT_PREMIUM 2026 by father     | E_MODE_OFF
    freeze father
    contribute child COMMERCIAL HUHUIBAO 2025 by father  | E_ACCOUNT_UNUSABLE
  )");
}

}  // namespace
}  // namespace gongji::test
