#include "domain/household.hpp"

#include <gtest/gtest.h>

namespace gongji {
namespace {

Person person(const char* id, std::int64_t current_year, std::int64_t carryover) {
  Person made;
  made.id = PersonId{id};
  made.current_year = Fen{current_year};
  made.carryover = Fen{carryover};
  return made;
}

Link link(std::uint64_t id, const char* member, int bound_second) {
  Link made;
  made.id = LinkId{id};
  made.member = PersonId{member};
  made.bound_at = Instant{std::chrono::seconds{bound_second}};
  return made;
}

Household two_funds() {
  Household home;
  home.persons = {person("father", 1, 20), person("mother", 300, 4000), person("child", 0, 0)};
  home.networks = {{PersonId{"father"}, "BJ", false, {}, {link(7, "child", 20), link(8, "x", 1)}},
                   {PersonId{"mother"}, "BJ", false, {}, {link(9, "child", 10)}}};
  home.reversals = {{Sequence{5}, ReversalKind::kUndo}};
  return home;
}

TEST(Household, finds_persons_networks_links_and_reversals) {
  Household home = two_funds();
  const Household& seen = home;
  EXPECT_EQ(seen.find(PersonId{"mother"})->carryover, Fen{4000});
  EXPECT_EQ(seen.find(PersonId{"nobody"}), nullptr);
  EXPECT_EQ(seen.network_of(PersonId{"father"})->links.size(), 2U);
  EXPECT_EQ(seen.network_of(PersonId{"child"}), nullptr);
  EXPECT_EQ(home.link(LinkId{9})->member, PersonId{"child"});
  EXPECT_EQ(home.link(LinkId{1}), nullptr);
  EXPECT_EQ(seen.reversal_of(Sequence{5})->kind, ReversalKind::kUndo);
  EXPECT_EQ(seen.reversal_of(Sequence{6}), nullptr);
}

TEST(Household, what_is_found_can_be_changed) {
  Household home = two_funds();
  home.find(PersonId{"child"})->balance(Bucket::kCurrentYear) += Fen{9};
  home.network_of(PersonId{"father"})->modes_confirmed = true;
  home.link(LinkId{9})->quota_left = Fen{3};
  EXPECT_EQ(home.total(), Fen{4330});
  EXPECT_TRUE(home.networks[0].modes_confirmed);
  EXPECT_EQ(home.networks[1].links[0].quota_left, Fen{3});
}

TEST(Household, total_is_the_sum_of_all_buckets) {
  EXPECT_EQ(Household{}.total(), Fen{});
  EXPECT_EQ(two_funds().total(), Fen{4321});
}

TEST(Household, funds_of_a_member_come_in_order_of_registration) {
  const Household home = two_funds();
  const auto funds = funds_of(home, PersonId{"child"});
  ASSERT_EQ(funds.size(), 2U);
  EXPECT_EQ(funds[0].organiser->id, PersonId{"mother"});
  EXPECT_EQ(funds[0].link->id, LinkId{9});
  EXPECT_EQ(funds[1].organiser->id, PersonId{"father"});
  EXPECT_EQ(funds[1].network->organiser, PersonId{"father"});
  EXPECT_TRUE(funds_of(home, PersonId{"mother"}).empty());
}

TEST(Household, links_made_in_the_same_instant_keep_the_order_of_formation) {
  Household home = two_funds();
  for (Network& network : home.networks)
    for (Link& each : network.links) each.bound_at = Instant{};
  const auto funds = funds_of(home, PersonId{"child"});
  ASSERT_EQ(funds.size(), 2U);
  EXPECT_EQ(funds[0].organiser->id, PersonId{"father"});
}

TEST(Household, only_employees_have_an_account_of_their_own) {
  Person made = person("a", 1, 2);
  made.card.scheme = Scheme::kEmployee;
  EXPECT_TRUE(made.has_account());
  EXPECT_EQ(made.total(), Fen{3});
  for (const Scheme scheme : {Scheme::kResident, Scheme::kHelpPlan}) {
    made.card.scheme = scheme;
    EXPECT_FALSE(made.has_account());
  }
}

}  // namespace
}  // namespace gongji
