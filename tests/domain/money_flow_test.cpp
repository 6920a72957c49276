// What an event says of the household's money is what evolve does to it.
#include "domain/money_flow.hpp"

#include <gtest/gtest.h>

#include <set>

#include "domain/evolve.hpp"

namespace gongji {
namespace {

Household home() {
  Household made;
  made.id = HouseholdId{3};
  for (const char* id : {"mother", "son"}) {
    Person person;
    person.id = PersonId{id};
    person.current_year = Fen{400};
    person.carryover = Fen{1'000};
    made.persons.push_back(person);
  }
  made.networks = {{PersonId{"mother"}, "SH", true, {Mode::kPay}, {}}};
  return made;
}

const PersonId kMother{"mother"};
const PersonId kSon{"son"};

Leg leg(const PersonId& owner, std::int64_t amount) {
  return {owner, Bucket::kCarryover, Fen{amount}, LinkId{}};
}

Settled settled() {
  Settled event;
  event.patient = kSon;
  event.own = {leg(kSon, 30)};
  event.family = {leg(kMother, 50)};
  event.current_year_taken = Fen{7};
  return event;
}

ContributionOrdered paid() {
  ContributionOrdered event;
  event.order.person = kSon;
  event.order.payer = kMother;
  event.order.legs = {leg(kMother, 129)};
  return event;
}

// One of each kind that a household of these two can see.
std::vector<Event> events() {
  Person newcomer;
  newcomer.id = PersonId{"newcomer"};
  newcomer.carryover = Fen{5};
  Household guests;
  guests.persons = {newcomer};
  Household leaving;
  leaving.persons = {home().persons[1]};
  return {settled(),
          SettlementReversed{Sequence{1}, {}, kSon, {leg(kSon, 30)}, Fen{}, {leg(kMother, 50)}},
          SettlementReapplied{Sequence{1}, Sequence{2}, kSon, {leg(kSon, 30)}},
          PersonEnrolled{newcomer},
          PersonDetailsChanged{home().persons[0]},
          NetworkFormed{kSon, "SH"},
          ModesConfirmed{kMother, {Mode::kPay}},
          MemberBound{kMother, {}},
          MemberUnbound{kMother, LinkId{1}},
          NetworkDisbanded{kMother},
          HouseholdDeparted{HouseholdId{9}, leaving},
          ContentsArrived{guests, Sequence{1}},
          RelationCorrected{kMother, LinkId{1}, Relation::kChild},
          AccountCredited{kSon, Bucket::kCurrentYear, Fen{11}, 2027, ""},
          AccountDebited{kSon, Bucket::kCarryover, Fen{12}, ""},
          YearRolled{kSon, 2026, Fen{400}, Fen{3}},
          AccountTransferredOut{kSon, Fen{400}, Fen{1'000}, ""},
          paid(),
          ContributionAnswered{OrderId{1}, true, ""},
          ContributionInsured{OrderId{1}},
          ContributionReversed{OrderId{1}, {leg(kMother, 100)}, {leg(kSon, 29)}, ""},
          ReviewMarked{}};
}

TEST(MoneyFlow, says_of_every_event_what_evolve_does) {
  const std::vector<Event> all = events();
  ASSERT_EQ(all.size(), std::variant_size_v<Event>) << "an event is missing here";
  std::set<std::size_t> kinds;
  for (const Event& event : all) {
    kinds.insert(event.index());
    const Household after = evolve(home(), event);
    EXPECT_EQ(after.total() - home().total(), net_change(event)) << "event " << event.index();
  }
  EXPECT_EQ(kinds.size(), all.size()) << "an event stands here twice";
}

TEST(MoneyFlow, of_several_events_is_their_sum) {
  EXPECT_EQ(net_change(Events{settled(), paid()}), Fen{-30 - 50 - 7 - 129});
  EXPECT_EQ(net_change(Events{}), Fen{});
}

}  // namespace
}  // namespace gongji
