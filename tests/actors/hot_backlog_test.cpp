// The newest state of each household, whatever comes in which order; bounded.
#include "actors/hot_backlog.hpp"

#include <gtest/gtest.h>

namespace gongji::actors {
namespace {

const PersonId kFather{"father"};
const PersonId kChild{"child"};

HotHousehold state(std::uint64_t household, std::uint64_t sequence) {
  HotHousehold state;
  state.household = HouseholdId{household};
  state.sequence = Sequence{sequence};
  state.persons = {{kFather, Fen{}, Fen{static_cast<std::int64_t>(sequence)}, Fen{}, false},
                   {kChild, Fen{}, Fen{}, Fen{}, false}};
  return state;
}

TEST(HotBacklog, KeepsTheNewestOfEachHousehold) {
  HotBacklog backlog{Sequence{}, 10};
  backlog.note(Sequence{2}, {state(1, 1), state(1, 2)});
  backlog.note(Sequence{5}, {state(1, 5), state(2, 4)});
  const auto part = backlog.take();
  ASSERT_EQ(part.states.size(), 2u);
  EXPECT_EQ(part.upto, Sequence{5});
  for (const HotHousehold& each : part.states)
    EXPECT_EQ(each.sequence, each.household == HouseholdId{1} ? Sequence{5} : Sequence{4});
}

TEST(HotBacklog, WhatOneStateTouchedAndTheNextDidNotIsWrittenWithTheNext) {
  HotBacklog backlog{Sequence{}, 10};
  HotHousehold enrolled = state(1, 1);
  enrolled.persons[0].touched = true;
  enrolled.persons[0].details = HotDetails{};
  HotHousehold paid = state(1, 2);
  paid.persons[1].touched = true;
  backlog.note(Sequence{2}, {enrolled, paid});
  const HotHousehold merged = backlog.take().states.front();
  EXPECT_EQ(merged.sequence, Sequence{2});
  EXPECT_TRUE(merged.persons[0].touched);
  EXPECT_TRUE(merged.persons[0].details);
  EXPECT_EQ(merged.persons[0].carryover, Fen{2});
  EXPECT_TRUE(merged.persons[1].touched);
}

TEST(HotBacklog, WhatCouldNotBeWrittenComesBackUnderWhatIsNewer) {
  HotBacklog backlog{Sequence{}, 10};
  backlog.note(Sequence{2}, {state(1, 1), state(2, 2)});
  const auto failed = std::make_shared<const std::vector<HotHousehold>>(backlog.take().states);
  backlog.note(Sequence{3}, {state(1, 3)});
  backlog.put_back({failed}, {});
  const auto part = backlog.take();
  ASSERT_EQ(part.states.size(), 2u);
  for (const HotHousehold& each : part.states)
    EXPECT_EQ(each.sequence, each.household == HouseholdId{1} ? Sequence{3} : Sequence{2});
}

TEST(HotBacklog, HoldsAHouseholdUntilItIsWritten) {
  HotBacklog backlog{Sequence{}, 10};
  backlog.note(Sequence{1}, {state(1, 1)});
  EXPECT_TRUE(backlog.holds(HouseholdId{1}));
  const auto part = backlog.take();
  EXPECT_TRUE(backlog.holds(HouseholdId{1})) << "in flight";
  EXPECT_FALSE(backlog.holds(HouseholdId{2}));
  backlog.written();
  EXPECT_FALSE(backlog.holds(HouseholdId{1}));
}

TEST(HotBacklog, BeyondItsLimitItKeepsNothingAndSaysSo) {
  HotBacklog backlog{Sequence{}, 3};
  for (std::uint64_t household = 1; household <= 4; ++household)
    backlog.note(Sequence{household}, {state(household, household)});
  EXPECT_LE(backlog.households(), 3u);
  EXPECT_TRUE(backlog.holds(HouseholdId{99})) << "nobody knows what was dropped";
  EXPECT_TRUE(backlog.take_overflow());
  EXPECT_FALSE(backlog.take_overflow());
}

}  // namespace
}  // namespace gongji::actors
