// The rules of credits and rolls are told in rules/; here what they write down.
#include "domain/transactions/accounts.hpp"

#include <gtest/gtest.h>

#include "domain/evolve.hpp"
#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

const PersonId kFather{"father"};

Household home(const char* area) {
  Person father;
  father.id = kFather;
  father.card.scheme = Scheme::kEmployee;
  father.card.area = area;
  Household made;
  made.persons = {father};
  return made;
}

Context at(const char* time) { return {civil(time), shipped_profiles(), nullptr}; }

TEST(Accounts, a_credit_is_of_the_insurance_year_it_comes_in) {
  const CreditCommand credit{kFather, Bucket::kCurrentYear, Fen{100}, "MONTHLY"};
  for (const auto& [time, year] : {std::pair{"2026-06-30 23:59", 2026}, {"2026-07-01", 2027}}) {
    const Decision decision = decide_credit(home("310101"), credit, at(time));
    EXPECT_EQ(*decision,
              (Events{AccountCredited{kFather, Bucket::kCurrentYear, Fen{100}, year, "MONTHLY"}}));
  }
}

TEST(Accounts, where_nothing_rolls_there_is_no_current_year_to_credit) {
  const CreditCommand current{kFather, Bucket::kCurrentYear, Fen{100}, ""};
  EXPECT_EQ(decide_credit(home("140107"), current, at("2026-03-02")).error().reason,
            Reason::kField);
  const CreditCommand carryover{kFather, Bucket::kCarryover, Fen{100}, ""};
  EXPECT_TRUE(decide_credit(home("140107"), carryover, at("2026-03-02")).ok());
}

TEST(Accounts, nothing_and_less_than_nothing_is_no_amount) {
  for (const std::int64_t amount : {0, -1}) {
    EXPECT_EQ(decide_credit(home("310101"), {kFather, Bucket::kCarryover, Fen{amount}, ""},
                            at("2026-03-02"))
                  .error()
                  .reason,
              Reason::kField);
    EXPECT_EQ(
        decide_debit(home("310101"), {kFather, Bucket::kCarryover, Fen{amount}, ""}).error().reason,
        Reason::kField);
  }
}

TEST(Accounts, a_roll_says_what_it_moved_and_what_was_added) {
  Household household = home("310101");
  household.persons[0].add_current_year({2026, Fen{700}});
  household.persons[0].add_current_year({2027, Fen{50}});
  const RollYearCommand roll{kFather, 2026, Fen{9}};
  const Decision decision = decide_roll(household, roll, at("2026-07-05"));
  EXPECT_EQ(*decision, (Events{YearRolled{kFather, 2026, Fen{700}, Fen{9}}}));
  household = evolve(std::move(household), *decision);
  EXPECT_EQ(*decide_roll(household, roll, at("2026-07-06")), Events{}) << "once";
  const RollYearCommand negative{kFather, 2027, Fen{-1}};
  EXPECT_EQ(decide_roll(household, negative, at("2027-07-05")).error().reason, Reason::kField);
}

TEST(Accounts, a_transfer_takes_everything_and_says_why) {
  Household household = home("310101");
  household.persons[0].carryover = Fen{12};
  household.persons[0].add_current_year({2026, Fen{700}});
  const Decision decision = decide_transfer_out(household, {kFather, "INHERITANCE"});
  EXPECT_EQ(*decision, (Events{AccountTransferredOut{kFather, Fen{700}, Fen{12}, "INHERITANCE"}}));
  const Household after = evolve(household, *decision);
  EXPECT_EQ(after.total(), Fen{});
  EXPECT_EQ(after.find(kFather)->account_state, AccountState::kClosed);
}

TEST(Accounts, a_patch_changes_what_it_names_and_no_balance) {
  Household household = home("310101");
  household.persons[0].carryover = Fen{12};
  PersonPatch patch;
  patch.status = InsuredStatus::kSuspended;
  patch.area = "310115";
  const Household after = evolve(household, *decide_change_person(household, {kFather, patch}));
  Person expected = household.persons[0];
  expected.status = InsuredStatus::kSuspended;
  expected.card.area = "310115";
  EXPECT_EQ(after.persons[0], expected);
  EXPECT_EQ(*decide_change_person(after, {kFather, patch}), Events{}) << "the same again";
  EXPECT_EQ(decide_change_person(after, {PersonId{"nobody"}, patch}).error().reason,
            Reason::kNoPerson);
}

}  // namespace
}  // namespace gongji::test
