// One test for each Shanxi rule about premiums; ids as in docs/rules.md.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/domain/support/story.hpp"
#include "tests/test_places.hpp"

namespace gongji::test {
namespace {

TEST(Rules, SX_23_a_changed_place_of_either_side_blocks_premiums) {
  for (const char* who : {"mother", "child"})
    expect_story(std::string{R"(
      Shanxi
      person mother employee account 3000.00
      person child resident
      bind mother child CHILD quota 500.00
      move )"} + who +
                 R"( 140106
      contribute child RESIDENT_PREMIUM 2026 by mother | E_PLACE_CHANGED
      bill child 5.00                                  | 0 / 0 / 5.00 E_PLACE_CHANGED
      rebind mother child CHILD quota 450.00
      contribute child RESIDENT_PREMIUM 2026 by mother | paid 400.00
      quota child 50.00
    )");
}

TEST(Rules, SX_11_a_rebind_is_all_or_nothing_with_a_fresh_quota) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 300.00
    bill child 100.00                                  | 0 / 100.00 / 0
    quota child 200.00
    rebind mother child CHILD quota 1900.01            | E_QUOTA_OVER_SHAREABLE
    quota child 200.00
    rebind mother child OTHER quota 100.00             | E_REL_NOT_ALLOWED
    rebind mother child CHILD quota 1900.00
    quota child 1900.00
    cancel child                                       | back 0 / 100.00 / 0
    quota child 1900.00
    unbind mother child
    rebind mother child CHILD quota 100.00             | E_NO_NETWORK
  )");
}

TEST(Rules, SX_27_the_resident_premium_can_be_paid_and_nothing_else) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 1500.00
    contribute child COMMERCIAL HUHUIBAO 2026 by mother | E_PURPOSE
    contribute mother COMMERCIAL HUHUIBAO 2026          | E_PURPOSE
    contribute child RESIDENT_PREMIUM 2026 by mother    | paid 400.00 payer=mother own=no
    contribute child RESIDENT_PREMIUM 2026 by mother    | E_ALREADY_PAID
    account mother 2600.00
  )");
}

TEST(Rules, SX_28_the_price_is_the_profile_s_for_that_year) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 1500.00
    contribute child RESIDENT_PREMIUM 2025 by mother    | E_PURPOSE
    contribute child RESIDENT_PREMIUM 2027 by mother    | E_PURPOSE
    rule price RESIDENT_PREMIUM 2027 420.00
    contribute child RESIDENT_PREMIUM 2027 by mother    | paid 420.00
    contribute child RESIDENT_PREMIUM 2026 by mother    | paid 400.00
    account mother 2180.00
  )");
}

TEST(Rules, SX_29_the_whole_premium_must_lie_above_the_floor) {
  expect_story(R"(
    Shanxi
    person mother employee account 1500.00
    person child resident
    bind mother child CHILD quota 500.00
    bill mother 100.01                                  | 100.01 / 0 / 0
    contribute child RESIDENT_PREMIUM 2026 by mother    | E_INSUFFICIENT_PREMIUM limit=399.99
    quota child 500.00
    account mother 1399.99
  )");
}

TEST(Rules, SX_30_a_quota_of_the_premium_is_enough_unless_the_switch_says_more) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child1 resident
    person child2 resident
    bind mother child1 CHILD quota 399.99
    bind mother child2 CHILD quota 400.00
    contribute child1 RESIDENT_PREMIUM 2026 by mother   | E_QUOTA limit=399.99 next=ORGANISER
    rule quota_strict yes
    contribute child2 RESIDENT_PREMIUM 2026 by mother   | E_QUOTA limit=400.00
    rule quota_strict no
    contribute child2 RESIDENT_PREMIUM 2026 by mother   | paid 400.00
    quota child2 0
    rule quota_kind per_settlement
    bill child2 400.01                                  | 0 / 400.00 / 0.01
  )");
}

TEST(Rules, SX_31_the_least_balance_for_one_premium_is_1400) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 1000.00
    debit mother carryover 1600.01
    account mother 1399.99
    contribute child RESIDENT_PREMIUM 2026 by mother    | E_INSUFFICIENT_PREMIUM
    credit mother carryover 0.01
    contribute child RESIDENT_PREMIUM 2026 by mother    | paid 400.00
    account mother 1000.00
  )");
}

TEST(Rules, SX_32_special_groups_of_the_list_are_paid_for_in_two_steps) {
  for (const char* group : {"TEKUN", "DIBAO", "MONITORED", "DIBAO_EDGE", "OUT_OF_POVERTY"})
    expect_story(std::string{R"(
      Shanxi
      person mother employee account 3000.00
      person child resident group )"} +
                 group + R"(
      bind mother child CHILD quota 500.00
      contribute child RESIDENT_PREMIUM 2026 by mother  | pending 400.00 payer=mother
      tax child confirms
      contribute child RESIDENT_PREMIUM 2026 by mother  | paid 400.00
      account mother 2600.00
    )");
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person child resident group UNLISTED
    bind mother child CHILD quota 500.00
    contribute child RESIDENT_PREMIUM 2026 by mother    | paid 400.00
  )");
}

TEST(Rules, SX_33_no_money_is_held_while_the_tax_side_is_asked) {
  expect_story(R"(
    Shanxi
    rule group_price RESIDENT_PREMIUM 2026 150.00
    person mother employee account 1500.00
    person child resident group DIBAO
    bind mother child CHILD quota 500.00
    contribute child RESIDENT_PREMIUM 2026 by mother    | pending 150.00
    account mother 1500.00
    quota child 500.00
    contribute child RESIDENT_PREMIUM 2026 by mother    | E_TAX_PENDING next=WAIT
    on 2026-03-09
    contribute child RESIDENT_PREMIUM 2026 by mother    | E_TAX_PENDING
    tax child refuses
    order child refused
    tax child confirms                                  | nothing
    contribute child RESIDENT_PREMIUM 2026 by mother    | pending 150.00
    tax child confirms
    tax child confirms                                  | nothing
    order child confirmed
    account mother 1500.00
    contribute child RESIDENT_PREMIUM 2026 by mother    | paid 150.00
    contribute child RESIDENT_PREMIUM 2026 by mother    | E_ALREADY_PAID
    account mother 1350.00
    quota child 350.00
  )");
}

TEST(Rules, SX_41_only_the_authoriser_orders_or_a_clerk_for_him) {
  expect_story(R"(
    Shanxi
    person mother employee account 3000.00
    person father employee account 3000.00
    person child1 resident
    person child2 resident
    bind mother child1 CHILD quota 500.00
    bind mother child2 CHILD quota 500.00
    contribute child1 RESIDENT_PREMIUM 2026 by child1   | E_FORBIDDEN
    contribute child1 RESIDENT_PREMIUM 2026 by child2   | E_FORBIDDEN
    contribute child1 RESIDENT_PREMIUM 2026 by father   | E_FORBIDDEN
    account mother 3000.00
    contribute child1 RESIDENT_PREMIUM 2026 by mother   | paid 400.00
    contribute father RESIDENT_PREMIUM 2026 by father   | E_NO_NETWORK
  )");
}

TEST(Rules, SX_41_the_authoriser_orders_within_the_window_of_his_link) {
  expect_story(R"(
    Shanxi 2026-03-02
    person mother employee account 3000.00
    person child resident
    bind mother child CHILD quota 500.00 from 2026-03-03 to 2026-03-04
    contribute child RESIDENT_PREMIUM 2026 by mother    | E_WINDOW
    on 2026-03-04 23:59:59
    contribute child RESIDENT_PREMIUM 2026 by mother    | paid 400.00
  )");
}

std::string whole(const std::filesystem::path& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// Showing a relative's code (亲情账户) spends the relative's own money and is another system's
// business. Nothing a decision can look at speaks of it: no command, no field, no profile.
TEST(Rules, SX_18_the_code_of_a_relative_is_no_input_of_any_decision) {
  const std::filesystem::path root{GONGJI_SOURCE_DIR};
  unsigned files = 0;
  for (const char* folder : {"domain", "config/policies"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator{root / folder}) {
      if (!entry.is_regular_file()) continue;
      ++files;
      for (const char* word : {"亲情", "qinqing", "kin_code", "family_code"})
        EXPECT_EQ(whole(entry.path()).find(word), std::string::npos) << entry.path();
    }
  }
  EXPECT_GT(files, 40U) << "the domain was not found";
  expect_story(R"(
    Shanxi
    person mother employee account 1500.00
    person child resident
    bind mother child CHILD quota 500.00
    bill child 180.00                                   | 0 / 180.00 / 0
    account mother 1320.00
  )");
}

}  // namespace
}  // namespace gongji::test
