// Who belongs together, and what goes with whom when a household is taken apart.
#include <gtest/gtest.h>

#include "domain/household.hpp"

namespace gongji {
namespace {

Household with_persons(int count) {
  Household home;
  home.id = HouseholdId{5};
  for (int i = 0; i < count; ++i) {
    Person person;
    person.id = PersonId{"p" + std::to_string(i)};
    person.carryover = Fen{100 + i};
    home.persons.push_back(person);
  }
  return home;
}

PersonId id(int number) { return PersonId{"p" + std::to_string(number)}; }

void join(Household& home, int organiser, std::vector<int> members) {
  Network network;
  network.organiser = id(organiser);
  for (const int member : members) {
    Link link;
    link.member = id(member);
    network.links.push_back(link);
  }
  home.networks.push_back(network);
}

using Group = std::vector<PersonId>;

TEST(Components, persons_without_links_are_each_alone) {
  EXPECT_EQ(components(with_persons(3)), (std::vector<Group>{{id(0)}, {id(1)}, {id(2)}}));
  EXPECT_TRUE(components(with_persons(0)).empty());
}

TEST(Components, links_join_and_chains_of_links_too) {
  Household home = with_persons(6);
  join(home, 4, {1});
  join(home, 1, {5});
  join(home, 2, {});
  EXPECT_EQ(components(home),
            (std::vector<Group>{{id(0)}, {id(1), id(4), id(5)}, {id(2)}, {id(3)}}));
}

TEST(Components, one_group_when_everybody_is_joined) {
  Household home = with_persons(4);
  join(home, 3, {0, 1});
  join(home, 2, {1});
  EXPECT_EQ(components(home).size(), 1U);
}

TEST(Extract, everything_goes_with_the_person_it_belongs_to) {
  Household home = with_persons(4);
  home.links_made = 9;
  home.orders_made = 3;
  join(home, 0, {1});
  join(home, 2, {3});
  home.reversals = {{Sequence{7}, ReversalKind::kCancel, id(1)},
                    {Sequence{8}, ReversalKind::kUndo, id(3)}};
  Contribution paid;
  paid.person = id(1);
  paid.payer = id(2);  // lives with who pays
  home.contributions = {paid};
  home.suspense = {{id(3), Fen{5}, Sequence{7}, OrderId{}}};
  Review review;
  review.person = id(1);
  home.reviews = {review};
  const Fen before = home.total();

  const Household out = extract(home, {id(2), id(3)});
  EXPECT_EQ(out.id, home.id);
  EXPECT_EQ(out.links_made + out.orders_made, 0U) << "numbers stay where they were given";
  EXPECT_EQ(home.links_made, 9U);
  ASSERT_EQ(out.persons.size(), 2U);
  EXPECT_EQ(out.networks.size(), 1U);
  EXPECT_EQ(out.networks[0].organiser, id(2));
  ASSERT_EQ(out.reversals.size(), 1U);
  EXPECT_EQ(out.reversals[0].patient, id(3));
  EXPECT_EQ(out.contributions, std::vector{paid});
  EXPECT_EQ(out.suspense.size(), 1U);
  EXPECT_TRUE(out.reviews.empty());
  EXPECT_EQ(home.reviews.size(), 1U);
  EXPECT_TRUE(home.contributions.empty());
  EXPECT_EQ(home.total() + out.total(), before);
}

TEST(Extract, nobody_takes_nothing) {
  Household home = with_persons(2);
  const Household before = home;
  EXPECT_TRUE(extract(home, {}).persons.empty());
  EXPECT_TRUE(extract(home, {PersonId{"stranger"}}).persons.empty());
  EXPECT_EQ(home, before);
}

}  // namespace
}  // namespace gongji
