#include "domain/transactions/persons.hpp"

#include <gtest/gtest.h>

#include "domain/evolve.hpp"

namespace gongji {
namespace {

Person person(const char* id, std::int64_t carryover) {
  Person made;
  made.id = PersonId{id};
  made.card.scheme = Scheme::kEmployee;
  made.carryover = Fen{carryover};
  return made;
}

// Nobody here lives where a profile rules, so no money is of a year.
Decision enrol(const Household& home, Person person) {
  static const ProfileBook no_profiles;
  return decide_enrol(home, {std::move(person)}, {Instant{}, no_profiles, nullptr});
}

Household household(std::uint64_t id, std::vector<Person> persons) {
  Household made;
  made.id = HouseholdId{id};
  made.persons = std::move(persons);
  return made;
}

TEST(Enrol, brings_a_person_in_with_his_opening_balances) {
  const Decision decision = enrol(household(1, {}), person("li", 500));
  EXPECT_EQ(evolve(household(1, {}), *decision), household(1, {person("li", 500)}));
}

TEST(Enrol, again_changes_details_and_never_a_balance) {
  const Household home = household(1, {person("li", 500)});
  Person moved = person("li", 99999);
  moved.card.area = "310105";
  const Household after = evolve(home, *enrol(home, moved));
  EXPECT_EQ(after.find(PersonId{"li"})->card.area, "310105");
  EXPECT_EQ(after.total(), Fen{500});
}

TEST(Enrol, the_same_again_does_nothing) {
  const Household home = household(1, {person("li", 500)});
  EXPECT_EQ(*enrol(home, person("li", 0)), Events{});
}

TEST(Enrol, opening_money_of_the_year_belongs_to_the_year_it_comes_in) {
  Profile shanghai;
  shanghai.area = "31";
  shanghai.has_year_roll = true;
  shanghai.year_start = "07-01";
  const ProfileBook book{{shanghai}};
  Person li = person("li", 500);
  li.card.area = "310101";
  li.current_year = Fen{70};
  const Instant july = start_of(*parse_date("2026-07-01"));
  for (const auto& [at, year] :
       {std::pair{july - std::chrono::milliseconds{1}, 2026}, std::pair{july, 2027}}) {
    const Decision decision = decide_enrol(household(1, {}), {li}, {at, book, nullptr});
    const auto* enrolled = std::get_if<PersonEnrolled>(&decision->front());
    ASSERT_NE(enrolled, nullptr);
    EXPECT_EQ(enrolled->person.year_money, (std::vector{YearMoney{year, Fen{70}}}));
  }
}

TEST(Enrol, a_closed_account_disbands_the_network_a_frozen_one_keeps_it) {
  Household home = household(1, {person("li", 500)});
  home.networks = {{PersonId{"li"}, "SH", true, {Mode::kPay}, {}}};
  Person changed = person("li", 0);
  changed.account_state = AccountState::kFrozen;
  EXPECT_EQ(evolve(home, *enrol(home, changed)).networks.size(), 1U);
  changed.account_state = AccountState::kClosed;
  EXPECT_TRUE(evolve(home, *enrol(home, changed)).networks.empty());
}

TEST(Move, takes_everything_along_and_loses_nothing) {
  const Household source = household(1, {person("li", 500)});
  const Household target = household(2, {person("wu", 20)});
  const Decision departure = decide_depart(source, {target.id});
  const auto* departed = std::get_if<HouseholdDeparted>(&departure->front());
  ASSERT_NE(departed, nullptr);
  const Decision arrival = decide_arrive(target, {departed->contents});
  EXPECT_EQ(evolve(source, *departure).total(), Fen{0});
  EXPECT_EQ(evolve(target, *arrival).total(), Fen{520});
}

TEST(Move, both_steps_may_be_repeated) {
  const Household source = household(1, {person("li", 500)});
  const Household gone = evolve(source, *decide_depart(source, {HouseholdId{2}}));
  EXPECT_EQ(*decide_depart(gone, {HouseholdId{2}}), Events{});
  const Household target = household(2, {person("wu", 20)});
  const Household joined = evolve(target, *decide_arrive(target, {source}));
  EXPECT_EQ(*decide_arrive(joined, {source}), Events{});
}

TEST(Move, a_household_goes_once_and_not_to_itself) {
  const Household source = household(1, {person("li", 500)});
  EXPECT_EQ(decide_depart(source, {source.id}).error().reason, Reason::kForbidden);
  const Household gone = evolve(source, *decide_depart(source, {HouseholdId{2}}));
  EXPECT_EQ(decide_depart(gone, {HouseholdId{3}}).error().reason, Reason::kForbidden);
}

// 1 went to 2, and 2 with all it held to 3. The arrival at 2, repeated after a crash, must not make
// the money of 1 anew.
TEST(Move, nobody_arrives_in_a_household_that_has_gone) {
  const Household first = household(1, {person("li", 500)});
  Household second = household(2, {person("wu", 20)});
  second = evolve(second, *decide_arrive(second, {first}));
  second = evolve(second, *decide_depart(second, {HouseholdId{3}}));
  const Decision again = decide_arrive(second, {first});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().reason, Reason::kForbidden);
}

}  // namespace
}  // namespace gongji
