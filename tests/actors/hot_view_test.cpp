// What readers are shown of a household, and until when it holds.
#include "actors/hot_view.hpp"

#include <gtest/gtest.h>

namespace gongji::actors {
namespace {

CivilDate day(int year, unsigned month, unsigned date) {
  return CivilDate{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(date)};
}

// An authoriser with 50 yuan and one beneficiary with a window.
Household family(DateWindow window) {
  Household state;
  state.id = HouseholdId{5};
  Person authoriser;
  authoriser.id = PersonId{"a"};
  authoriser.card.scheme = Scheme::kEmployee;
  authoriser.carryover = Fen{5'000};
  Person child;
  child.id = PersonId{"c"};
  state.persons = {authoriser, child};
  Network network;
  network.organiser = authoriser.id;
  network.family = "X";
  Link link;
  link.member = child.id;
  link.window = window;
  network.links = {link};
  state.networks = {network};
  return state;
}

ProfileBook book(DateWindow valid) {
  Profile profile;
  profile.id = "X-1";
  profile.family = "X";
  profile.valid = valid;
  profile.member_schemes = {Scheme::kResident};
  return ProfileBook{std::vector<Profile>{profile}};
}

Context on(CivilDate date, const ProfileBook& profiles) {
  return Context{start_of(date), profiles, nullptr};
}

TEST(HotView, ShowsEverybodyWithWhatHeMayDraw) {
  const ProfileBook profiles = book({});
  const HotHousehold view = hot_view({family({}), Sequence{9}, {}}, on(day(2026, 5, 1), profiles));
  EXPECT_EQ(view.sequence, Sequence{9});
  ASSERT_EQ(view.persons.size(), 2u);
  EXPECT_EQ(view.persons[0].carryover, Fen{5'000});
  EXPECT_EQ(view.persons[1].family, Fen{5'000});
  EXPECT_EQ(view.persons[0].details->role, "ORGANISER");
  EXPECT_TRUE(view.persons[0].details->has_network);
  EXPECT_EQ(view.persons[1].details->role, "MEMBER");
  EXPECT_FALSE(view.persons[1].details->has_network);
}

struct Case {
  const char* what;
  DateWindow window, valid;
  CivilDate until;
};
const Case kCases[] = {
    {"nothing turns", {}, {}, day(9999, 12, 31)},
    {"a window ends", {{}, day(2026, 8, 31)}, {}, day(2026, 8, 31)},
    {"a window has not begun", {day(2026, 6, 1), {}}, {}, day(2026, 5, 31)},
    {"a window is over", {{}, day(2026, 4, 30)}, {}, day(9999, 12, 31)},
    {"the profile ends first", {{}, day(2026, 8, 31)}, {{}, day(2026, 7, 1)}, day(2026, 7, 1)},
};

TEST(HotView, SaysUntilWhenItHolds) {
  for (const Case& each : kCases) {
    const ProfileBook profiles = book(each.valid);
    const HotHousehold view =
        hot_view({family(each.window), {}, {}}, on(day(2026, 5, 1), profiles));
    EXPECT_EQ(view.until, each.until) << each.what;
  }
}

TEST(HotView, ASettlementTouchesWhoseMoneyMovedAndNobodysDetails) {
  const ProfileBook profiles = book({});
  JournalRecord record;
  record.outcome = Events{Settled{}};
  record.balances = {{PersonId{"a"}, Fen{}, Fen{5'000}}};
  const HotHousehold view = hot_change(family({}), record, on(day(2026, 5, 1), profiles));
  EXPECT_TRUE(view.persons[0].touched);
  EXPECT_FALSE(view.persons[1].touched);
  EXPECT_FALSE(view.persons[0].details);
  EXPECT_EQ(view.persons[1].family, Fen{5'000});
}

TEST(HotView, ABindingShowsEverybodyAnew) {
  const ProfileBook profiles = book({});
  JournalRecord record;
  record.outcome = Events{MemberBound{}};
  const HotHousehold view = hot_change(family({}), record, on(day(2026, 5, 1), profiles));
  for (const HotPerson& person : view.persons) EXPECT_TRUE(person.touched && person.details);
}

}  // namespace
}  // namespace gongji::actors
