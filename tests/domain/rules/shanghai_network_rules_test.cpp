// One test for each Shanghai rule about forming and belonging; ids as in docs/rules.md.
#include <gtest/gtest.h>

#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/story.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

TEST(Rules, SH_01_only_an_employee_of_the_city_organises) {
  expect_story(R"(
    Shanghai
    person resident resident
    person helped help
    person elsewhere employee carryover 500.00 in 320100
    person retired employee carryover 500.00
    person child resident
    form resident modes PAY with child CHILD     | E_NOT_EMPLOYEE next=AGENCY
    form helped modes PAY with child CHILD       | E_NOT_EMPLOYEE
    form elsewhere modes PAY with child CHILD    | E_NOT_EMPLOYEE
    form elsewhere                               | E_NOT_EMPLOYEE
    form retired modes PAY with child CHILD
  )");
}

TEST(Rules, SH_02_carryover_above_zero_at_formation_only) {
  expect_story(R"(
    Shanghai
    person poor employee current 3000.00
    person father employee carryover 0.01
    person mother employee
    person child resident
    form poor                                    | E_NO_CARRYOVER
    bind poor child CHILD                        | E_NO_CARRYOVER
    form father modes PAY with child CHILD
    bill child 0.01                              | 0 / 0.01 / 0
    bind father mother SPOUSE
  )");
}

TEST(Rules, SH_03_the_account_is_usable_at_formation_and_at_every_settlement) {
  expect_story(R"(
    Shanghai
    person father employee carryover 500.00 frozen
    person mother employee carryover 500.00 closed
    person child resident
    form father with child CHILD                 | E_ACCOUNT_UNUSABLE
    form mother                                  | E_ACCOUNT_UNUSABLE
    change father usable
    form father modes PAY with child CHILD
    change father frozen
    bill child 20.00                             | 0 / 0 / 20.00 E_ACCOUNT_UNUSABLE
    network father active
    member child father
    change father usable
    bill child 20.00                             | 0 / 20.00 / 0
  )");
}

TEST(Rules, SH_04_relations_are_a_dated_list) {
  for (const char* relation : {"SPOUSE", "PARENT", "CHILD"})
    expect_story(std::string{R"(
      Shanghai 2024-12-31 12:00
      person father employee carryover 500.00
      person kin resident
      form father modes PAY with kin )"} +
                 relation);
  for (const char* relation : {"SIBLING", "GRANDPARENT", "GRANDCHILD"})
    expect_story(std::string{R"(
      Shanghai 2024-12-31 12:00
      person father employee carryover 500.00
      person kin resident
      form father modes PAY with kin )"} +
                 relation + R"( | E_REL_NOT_ALLOWED
      on 2025-01-01 00:00
      form father modes PAY with kin )" +
                 relation);
  for (const char* relation : {"OTHER", "PARENT_IN_LAW"})
    expect_story(std::string{R"(
      Shanghai
      person father employee carryover 500.00
      person kin resident
      form father modes PAY with kin )"} +
                 relation + " | E_REL_NOT_ALLOWED");
}

TEST(Rules, SH_05_the_declared_relation_is_taken_and_kept) {
  Books books{shipped_profiles()};
  expect_story(R"(
    Shanghai
    person father employee carryover 500.00
    person child resident in 310115 born 1950-01-01
    form father modes PAY with child CHILD
    member child father
  )");
  const Instant at = civil("2026-03-02 10:00");
  for (const char* name : {"father", "child"}) {
    Person person;
    person.id = PersonId{name};
    person.card.area = "310101";
    person.card.scheme = name[0] == 'f' ? Scheme::kEmployee : Scheme::kResident;
    person.carryover = name[0] == 'f' ? yuan("500.00") : Fen{};
    books.run(EnrolCommand{person}, at);
  }
  const PersonId father{"father"};
  const JournalRecord& record = books.run(
      FormNetworkCommand{father, "SH", {}, {{PersonId{"child"}, Relation::kChild, {}, {}}}}, at);
  ASSERT_NE(record.event<MemberBound>(), nullptr);
  EXPECT_EQ(record.event<MemberBound>()->organiser, father);
  EXPECT_EQ(record.event<MemberBound>()->link.relation, Relation::kChild);
  EXPECT_EQ(record.event<MemberBound>()->link.bound_at, at);
}

TEST(Rules, SH_06_members_are_insured_in_the_city_when_bound_and_when_they_settle) {
  expect_story(R"(
    Shanghai
    person father employee carryover 500.00
    person mother employee
    person child resident
    person elsewhere resident in 320100
    person ended resident ended
    form father modes PAY with mother SPOUSE with child CHILD
    bind father elsewhere CHILD                  | E_NOT_INSURED next=WALLET
    bind father ended CHILD                      | E_NOT_INSURED next=AGENCY
    change child ended
    bill child 20.00                             | 0 / 0 / 20.00 E_NOT_INSURED
    change child normal in 320100
    bill child 20.00 in 310101                   | 0 / 0 / 20.00 E_NOT_INSURED
    change child in 310115
    bill child 20.00                             | 0 / 20.00 / 0
  )");
}

TEST(Rules, SH_07_people_of_the_help_plan_are_members_like_residents) {
  expect_story(R"(
    Shanghai
    person father employee carryover 500.00
    person parent help
    form father modes PAY with parent PARENT
    bill parent 70.00                            | 0 / 70.00 / 0
  )");
}

TEST(Rules, SH_11_members_are_users_and_never_funders) {
  expect_story(R"(
    Shanghai
    person father employee carryover 50.00
    person mother employee carryover 9000.00
    person child resident
    form father modes PAY with mother SPOUSE with child CHILD
    bill child 80.00                             | 0 / 50.00 / 30.00
    bill father 10.00                            | 0 / 0 / 10.00
    carryover mother 9000.00
    bind mother child CHILD                      | E_ALREADY_IN_NETWORK
  )");
}

TEST(Rules, SH_12_one_network_at_a_time_organising_included) {
  expect_story(R"(
    Shanghai
    person father employee carryover 50.00
    person mother employee carryover 50.00
    person child resident
    form father with child CHILD
    form mother
    bind mother child CHILD                      | E_ALREADY_IN_NETWORK
    bind mother father SPOUSE                    | E_ALREADY_IN_NETWORK
    bind father child CHILD                      | E_ALREADY_IN_NETWORK
    form father                                  | E_ALREADY_IN_NETWORK
    bind father father SPOUSE                    | E_SELF
  )");
}

TEST(Rules, SH_13_leave_then_join_with_immediate_effect) {
  expect_story(R"(
    Shanghai
    person father employee carryover 50.00
    person mother employee carryover 60.00
    person child resident
    form father modes PAY with child CHILD
    form mother modes PAY
    leave child father
    bind mother child CHILD
    bill child 55.00                             | 0 / 55.00 / 0
    carryover mother 5.00
  )");
}

TEST(Rules, SH_15_the_organiser_edits_changes_and_disbands_as_often_as_he_likes) {
  std::string story = R"(
    Shanghai
    person father employee carryover 50.00
    person child resident
  )";
  for (int i = 0; i < 20; ++i)
    story += R"(
      form father modes PAY with child CHILD
      modes father PREMIUM
      modes father PAY PREMIUM
      unbind father child
      bind father child CHILD
      disband father
    )";
  expect_story(story);
}

TEST(Rules, SH_16_a_member_leaves_or_is_removed_without_anybody_s_consent) {
  expect_story(R"(
    Shanghai
    person father employee carryover 50.00
    person child1 resident
    person child2 resident
    form father modes PAY with child1 CHILD with child2 CHILD
    leave child1 father
    unbind father child2
    member child1 nobody
    member child2 nobody
    network father active
    leave child1 father                          | E_NO_NETWORK
    unbind father child2                         | E_NO_NETWORK
  )");
}

TEST(Rules, SH_20_one_mode_or_both_but_never_none) {
  expect_story(R"(
    Shanghai
    person father employee carryover 50.00
    form father
    modes father                                 | E_MODE_EMPTY
    network father unconfirmed
    modes father PAY
    modes father PREMIUM
    modes father PAY PREMIUM
    modes father                                 | E_MODE_EMPTY
    network father active
  )");
}

}  // namespace
}  // namespace gongji::test
