#include "domain/evolve.hpp"

#include <gtest/gtest.h>

namespace gongji {
namespace {

const PersonId kMother{"mother"};
const PersonId kSon{"son"};
const LinkId kLink{77};

Person person(const PersonId& id, std::int64_t current_year, std::int64_t carryover) {
  Person made;
  made.id = id;
  made.current_year = Fen{current_year};
  made.carryover = Fen{carryover};
  return made;
}

// Mother shares with son under a quota of 500.
Household family() {
  Household home;
  home.id = HouseholdId{3};
  home.persons = {person(kMother, 100, 900), person(kSon, 40, 60)};
  Link link;
  link.id = kLink;
  link.member = kSon;
  link.quota = Fen{500};
  link.quota_left = Fen{500};
  home.networks = {{kMother, "SX", true, {Mode::kPay}, {link}}};
  return home;
}

Settled payment() {
  Settled settled;
  settled.patient = kSon;
  settled.own = {{kSon, Bucket::kCarryover, Fen{60}, LinkId{}}};
  settled.family = {{kMother, Bucket::kCurrentYear, Fen{100}, kLink},
                    {kMother, Bucket::kCarryover, Fen{50}, kLink}};
  settled.cash = Fen{5};
  settled.current_year_taken = Fen{10};
  settled.bill = Fen{215};
  return settled;
}

SettlementReversed reversal(ReversalKind kind) {
  std::vector<Leg> legs = payment().own;
  for (const Leg& leg : payment().family) legs.push_back(leg);
  legs.push_back({kSon, Bucket::kCurrentYear, Fen{10}, LinkId{}, 1});  // of the next roll's year
  return {Sequence{8}, kind, kSon, legs, Fen{5}};
}

TEST(Evolve, a_settlement_debits_every_leg_and_runs_the_quota_down) {
  const Household after = evolve(family(), payment());
  EXPECT_EQ(after.find(kSon)->carryover, Fen{0});
  EXPECT_EQ(after.find(kSon)->current_year, Fen{30});
  EXPECT_EQ(after.find(kMother)->current_year, Fen{0});
  EXPECT_EQ(after.find(kMother)->carryover, Fen{850});
  EXPECT_EQ(after.networks[0].links[0].quota_left, Fen{350});
}

TEST(Evolve, a_link_without_quota_counts_nothing) {
  Household home = family();
  home.networks[0].links[0].quota.reset();
  home.networks[0].links[0].quota_left = Fen{};
  EXPECT_EQ(evolve(home, payment()).networks[0].links[0].quota_left, Fen{});
}

TEST(Evolve, a_reversal_undoes_it_and_leaves_its_mark) {
  for (const ReversalKind kind : {ReversalKind::kCancel, ReversalKind::kUndo}) {
    Household expected = family();
    expected.reversals = {{Sequence{8}, kind, kSon}};
    EXPECT_EQ(evolve(family(), Events{payment(), reversal(kind)}), expected);
  }
}

TEST(Evolve, a_reversal_after_the_link_is_closed_refills_the_account_only) {
  Household expected = family();
  expected.networks.clear();
  expected.reversals = {{Sequence{8}, ReversalKind::kCancel, kSon}};
  EXPECT_EQ(evolve(family(),
                   Events{payment(), NetworkDisbanded{kMother}, reversal(ReversalKind::kCancel)}),
            expected);
}

TEST(Evolve, applying_again_takes_the_legs_and_wipes_the_mark) {
  const SettlementReversed cancel = reversal(ReversalKind::kCancel);
  const Household after = evolve(
      family(), Events{payment(), cancel,
                       SettlementReapplied{Sequence{8}, Sequence{9}, kSon, cancel.returned}});
  EXPECT_EQ(after, evolve(family(), payment()));
}

TEST(Evolve, new_details_leave_the_balances_alone) {
  Person renamed = person(kSon, 7777, 7777);
  renamed.card.psn_name = "Renamed";
  renamed.status = InsuredStatus::kSuspended;
  const Household after = evolve(family(), PersonDetailsChanged{renamed});
  EXPECT_EQ(after.find(kSon)->card.psn_name, "Renamed");
  EXPECT_EQ(after.find(kSon)->status, InsuredStatus::kSuspended);
  EXPECT_EQ(after.total(), family().total());
}

TEST(Evolve, networks_form_confirm_bind_unbind_and_disband) {
  Household home;
  home.persons = {person(kMother, 0, 0), person(kSon, 0, 0)};
  home = evolve(home, NetworkFormed{kMother, "SH"});
  EXPECT_FALSE(home.networks.at(0).modes_confirmed);
  home = evolve(home, ModesConfirmed{kMother, {Mode::kPremium}});
  EXPECT_TRUE(home.networks[0].modes_confirmed);
  EXPECT_EQ(home.networks[0].modes, std::vector<Mode>{Mode::kPremium});
  Link link;
  link.id = kLink;
  link.member = kSon;
  home = evolve(home, MemberBound{kMother, link});
  EXPECT_EQ(home.links_made, 1U);
  EXPECT_EQ(home.networks[0].links, std::vector<Link>{link});
  home = evolve(home, MemberUnbound{kMother, kLink});
  EXPECT_TRUE(home.networks[0].links.empty());
  EXPECT_EQ(home.links_made, 1U) << "a number of a link is never used twice";
  EXPECT_TRUE(evolve(home, NetworkDisbanded{kMother}).networks.empty());
}

TEST(Evolve, what_departs_arrives_whole) {
  const Household left = evolve(family(), HouseholdDeparted{HouseholdId{9}, family()});
  EXPECT_EQ(left.moved_to, HouseholdId{9});
  EXPECT_TRUE(left.persons.empty() && left.networks.empty());
  Household host;
  host.id = HouseholdId{9};
  host.persons = {person(PersonId{"aunt"}, 1, 2)};
  const Household joined = evolve(host, ContentsArrived{family()});
  EXPECT_EQ(joined.id, HouseholdId{9});
  EXPECT_EQ(joined.total(), Fen{3} + family().total());
  EXPECT_EQ(joined.networks, family().networks);
}

TEST(EvolveDeathTest, events_that_do_not_fit_end_the_process) {
  Household stranger;
  EXPECT_DEATH((void)evolve(stranger, payment()), "");
  EXPECT_DEATH((void)evolve(stranger, ModesConfirmed{kMother, {}}), "");
  EXPECT_DEATH((void)evolve(stranger, PersonDetailsChanged{person(kSon, 0, 0)}), "");
}

}  // namespace
}  // namespace gongji
