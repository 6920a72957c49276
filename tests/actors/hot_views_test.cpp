// What is kept of each household, whole, so that the journal need not be read again.
#include "actors/hot_views.hpp"

#include <gtest/gtest.h>

namespace gongji::actors {
namespace {

constexpr CivilDate kToday{std::chrono::year{2026} / 5 / 1};
constexpr CivilDate kYesterday{std::chrono::year{2026} / 4 / 30};
constexpr CivilDate kAlways{std::chrono::year{9999} / 12 / 31};

HotDetails details(const char* name) {
  HotDetails details;
  details.card = {name, "01",         "310101198503129018", "A1",    "11",
                  "2",  "1985-03-12", Scheme::kEmployee,    "310101"};
  details.status = InsuredStatus::kSuspended;
  details.account_state = AccountState::kFrozen;
  details.role = "MEMBER";
  details.has_network = true;
  details.until = kAlways;
  return details;
}

HotHousehold whole(std::uint64_t household, std::uint64_t sequence) {
  return {HouseholdId{household},
          Epoch{3},
          Sequence{sequence},
          kAlways,
          {{PersonId{"310101000000000000000000" + std::to_string(household)}, Fen{1}, Fen{2},
            Fen{3}, true, details("陈一")},
           {PersonId{"child of " + std::to_string(household)}, Fen{4}, Fen{5}, Fen{6}, true,
            details("陈小雨")}}};
}

HotHousehold amounts(std::uint64_t household, std::uint64_t sequence, std::int64_t fen) {
  HotHousehold state = whole(household, sequence);
  for (HotPerson& person : state.persons) person.details.reset();
  state.persons[1].carryover = Fen{fen};
  return state;
}

std::optional<HotHousehold> view(HotViews& views, std::uint64_t household,
                                 std::uint64_t after = 0) {
  if (!views.find(HouseholdId{household}, kToday)) return std::nullopt;
  return views.view_of(HouseholdId{household}, Sequence{after});
}

TEST(HotViews, GivesBackWhatItWasToldToTheLastField) {
  HotViews views{10};
  views.learn(whole(1, 7));
  EXPECT_EQ(view(views, 1), whole(1, 7));
  EXPECT_FALSE(view(views, 2));
}

TEST(HotViews, ALaterChangeBringsTheAmountsAndDetailsStay) {
  HotViews views{10};
  views.learn(whole(1, 7));
  views.learn(amounts(1, 9, 500));
  HotHousehold expected = whole(1, 9);
  expected.persons[1].carryover = Fen{500};
  EXPECT_EQ(view(views, 1), expected);
  EXPECT_EQ(view(views, 1, 8), amounts(1, 9, 500)) << "details are older than that";
}

TEST(HotViews, AnOlderStateIsPassedOver) {
  HotViews views{10};
  views.learn(whole(1, 7));
  views.learn(amounts(1, 6, 500));
  EXPECT_EQ(view(views, 1), whole(1, 7));
  HotHousehold other_owner = amounts(1, 1, 600);
  other_owner.epoch = Epoch{4};
  views.learn(other_owner);
  EXPECT_EQ(view(views, 1)->persons[1].carryover, Fen{600});
}

// Amounts alone of a household that is not known, or of other persons than are known.
TEST(HotViews, WhatIsNotWholeIsForgotten) {
  HotViews views{10};
  views.learn(amounts(1, 7, 500));
  EXPECT_FALSE(view(views, 1));
  views.learn(whole(1, 8));
  HotHousehold fewer = amounts(1, 9, 500);
  fewer.persons.pop_back();
  views.learn(fewer);
  EXPECT_FALSE(view(views, 1));
  views.learn(whole(2, 8));
  HotHousehold others = amounts(2, 9, 500);
  others.persons[1].id = PersonId{"somebody else"};
  views.learn(others);
  EXPECT_FALSE(view(views, 2));
}

TEST(HotViews, AHouseholdThatMovedAwayIsKnownToBeEmpty) {
  HotViews views{10};
  views.learn(whole(1, 7));
  HotHousehold left = whole(1, 8);
  left.persons.clear();
  views.learn(left);
  EXPECT_EQ(view(views, 1), left);
}

TEST(HotViews, WhatTheCalendarTurnedIsNotShown) {
  HotViews views{10};
  HotHousehold family_turned = whole(1, 7);
  family_turned.until = kYesterday;
  views.learn(family_turned);
  HotHousehold role_turned = whole(2, 8);
  role_turned.persons[1].details->until = kYesterday;
  views.learn(role_turned);
  EXPECT_FALSE(view(views, 1));
  EXPECT_FALSE(view(views, 2));
}

TEST(HotViews, KeepsANumberOfHouseholdsAndWhoWasLookedAt) {
  HotViews views{100};
  for (std::uint64_t household = 1; household <= 150; ++household) {
    views.learn(whole(household, household));
    EXPECT_TRUE(view(views, 1)) << "asked for all the time, after " << household;
  }
  EXPECT_EQ(views.households(), 100U);
  EXPECT_TRUE(view(views, 150));
}

TEST(HotViews, MayKeepNothing) {
  HotViews views{0};
  views.learn(whole(1, 7));
  EXPECT_FALSE(view(views, 1));
}

}  // namespace
}  // namespace gongji::actors
