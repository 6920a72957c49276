#include "domain/person.hpp"

#include <gtest/gtest.h>

namespace gongji {
namespace {

Person with(std::int64_t undated, std::vector<YearMoney> dated = {}) {
  Person person;
  person.current_year = Fen{undated};
  for (const YearMoney& part : dated) person.add_current_year(part);
  return person;
}

TEST(Person, money_of_the_year_is_kept_by_year_oldest_first) {
  Person person = with(0, {{2027, Fen{50}}, {2026, Fen{30}}, {2027, Fen{5}}});
  EXPECT_EQ(person.current_year, Fen{85});
  EXPECT_EQ(person.year_money, (std::vector{YearMoney{2026, Fen{30}}, YearMoney{2027, Fen{55}}}));
  EXPECT_EQ(person.current_year_of(2026), Fen{30});
  EXPECT_EQ(person.current_year_of(2028), Fen{0});
}

TEST(Person, what_is_taken_comes_from_undated_money_then_the_oldest_year) {
  const Person person = with(10, {{2026, Fen{30}}, {2027, Fen{50}}});
  EXPECT_EQ(
      person.current_year_for(Fen{45}),
      (std::vector{YearMoney{1, Fen{10}}, YearMoney{2026, Fen{30}}, YearMoney{2027, Fen{5}}}));
  EXPECT_TRUE(person.current_year_for(Fen{0}).empty());
}

TEST(Person, taking_and_giving_back_leave_no_trace) {
  const Person before = with(10, {{2026, Fen{30}}, {2027, Fen{50}}});
  for (const std::int64_t amount : {1, 10, 11, 40, 41, 90}) {
    Person person = before;
    const auto taken = person.current_year_for(Fen{amount});
    for (const YearMoney& part : taken) person.take_current_year(part);
    EXPECT_EQ(person.current_year, Fen{90 - amount});
    for (const YearMoney& part : taken) person.add_current_year(part);
    EXPECT_EQ(person, before) << amount;
  }
}

TEST(Person, an_amount_without_a_year_is_taken_oldest_first) {
  Person person = with(10, {{2026, Fen{30}}});
  person.take_current_year({0, Fen{15}});
  EXPECT_EQ(person.current_year_of(2026), Fen{25});
}

TEST(Person, a_roll_moves_everything_up_to_its_year) {
  Person person = with(10, {{2026, Fen{30}}, {2027, Fen{50}}});
  person.carryover = Fen{7};
  EXPECT_EQ(person.rolls_in(2025), Fen{10});
  EXPECT_EQ(person.rolls_in(2026), Fen{40});
  EXPECT_EQ(person.rolls_in(2027), Fen{90});
  person.roll(2026);
  EXPECT_EQ(person.current_year, Fen{50});
  EXPECT_EQ(person.carryover, Fen{47});
  EXPECT_EQ(person.rolled_year, 2026);
  person.roll(2027);
  EXPECT_EQ(person.total(), Fen{97});
  EXPECT_EQ(person.current_year, Fen{0});
  EXPECT_TRUE(person.year_money.empty());
}

TEST(Person, money_of_the_year_of_the_next_roll_needs_no_date) {
  Person person = with(0, {{2026, Fen{30}}});
  person.roll(2026);
  person.add_current_year({2027, Fen{5}});
  EXPECT_TRUE(person.year_money.empty());
  EXPECT_EQ(person.current_year_of(2027), Fen{5});
  EXPECT_EQ(person.rolls_in(2027), Fen{5});
}

}  // namespace
}  // namespace gongji
