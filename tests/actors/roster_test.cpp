// Who is at work. The households here have no actor behind them: mail that is delivered is dropped
// and answered "unknown", which is how a test sees that it was.
#include "actors/roster.hpp"

#include <gtest/gtest.h>

#include "tests/actors/actors_harness.hpp"

namespace gongji::actors::test {
namespace {

class RosterOfThree : public ::testing::Test {
 protected:
  RosterOfThree() {
    options.active_max = 3;
    options.household_inflight_max = 4;
    roster.emplace(options, metrics, [](const HouseholdImage&) { return caf::actor{}; });
  }

  EnvelopePtr mail(Answer& answer, std::optional<Command> command = {}) {
    auto made = std::make_shared<Envelope>();
    made->ticket = ticket_of(answer, nullptr);
    made->command = std::move(command);
    return made;
  }
  static HouseholdImage image(std::uint64_t id, const std::vector<std::string>& persons) {
    HouseholdImage image;
    image.state.id = HouseholdId{id};
    for (const std::string& each : persons) image.state.persons.push_back(employee(each, 100));
    return image;
  }
  void bring_in(std::uint64_t id, const std::vector<std::string>& persons) {
    EXPECT_TRUE(roster->enter(HouseholdId{id}));
    roster->loaded(image(id, persons));
  }
  std::optional<std::uint64_t> home(const std::string& id) {
    const auto household = roster->household_of(PersonId{id});
    return household ? std::optional{household->number()} : std::nullopt;
  }

  ActorOptions options;
  NoMetrics metrics;
  std::optional<Roster> roster;
  Answer first, second, third;
};

using Posted = Roster::Posted;

TEST_F(RosterOfThree, OneSearchForAllWhoWaitForAPerson) {
  EXPECT_EQ(roster->post(PersonId{"an"}, mail(first)), Posted::kSearchNeeded);
  EXPECT_EQ(roster->post(PersonId{"an"}, mail(second)), Posted::kTaken);
  EXPECT_TRUE(roster->found(PersonId{"an"}, HouseholdId{7}));
  EXPECT_FALSE(roster->found(PersonId{"bo"}, HouseholdId{7})) << "is being loaded already";
  EXPECT_FALSE(first.arrived());
  roster->loaded(image(7, {"an", "bo"}));
  EXPECT_TRUE(first.arrived());
  EXPECT_TRUE(second.arrived());
  EXPECT_EQ(home("bo"), 7u);
}

TEST_F(RosterOfThree, StrangersGoBackAndAnEnrolmentMakesAHousehold) {
  const PersonId an{"an"};
  (void)roster->post(an, mail(first));
  (void)roster->post(an, mail(second, EnrolCommand{employee("an", 1)}));
  (void)roster->post(an, mail(third));
  EXPECT_EQ(roster->resolve_unknown(an, [] { return HouseholdId{9}; }).size(), 1u);
  EXPECT_TRUE(first.arrived());
  EXPECT_TRUE(third.arrived()) << "followed the enrolment into the new household";
  EXPECT_EQ(home("an"), 9u);
  (void)roster->post(PersonId{"bo"}, mail(first));
  EXPECT_EQ(roster
                ->resolve_unknown(PersonId{"bo"},
                                  [] {
                                    ADD_FAILURE() << "nobody enrols";
                                    return HouseholdId{10};
                                  })
                .size(),
            1u);
  EXPECT_EQ(home("bo"), std::nullopt);
}

TEST_F(RosterOfThree, AMessageThatIsLookingHoldsUpThoseBehindIt) {
  bring_in(1, {"an"});
  const EnvelopePtr looking = mail(first);
  EXPECT_EQ(roster->post(PersonId{"an"}, looking, Turn::kLooking), Posted::kTaken);
  EXPECT_EQ(roster->post(PersonId{"an"}, mail(second)), Posted::kTaken);
  EXPECT_FALSE(second.arrived());
  roster->resume(PersonId{"an"}, looking, Turn::kGone);
  EXPECT_TRUE(second.arrived());
  EXPECT_FALSE(first.arrived()) << "its own affair";
}

TEST_F(RosterOfThree, RefusesMoreThanAHouseholdMayHaveInFlight) {
  for (const char* id : {"an", "bo"}) {
    for (int i = 0; i < 4; ++i)
      EXPECT_NE(roster->post(PersonId{id}, mail(first), Turn::kLooking), Posted::kFull);
    EXPECT_EQ(roster->post(PersonId{id}, mail(first)), Posted::kFull);
    if (id == std::string{"an"}) {
      (void)roster->found(PersonId{"an"}, HouseholdId{1});
      EXPECT_EQ(roster->post(PersonId{"an"}, mail(first)), Posted::kFull) << "known now";
    }
  }
}

TEST_F(RosterOfThree, TheLeastRecentlyUsedLeaveFirst) {
  for (std::uint64_t id = 1; id <= 3; ++id) bring_in(id, {"p" + std::to_string(id)});
  (void)roster->post(PersonId{"p1"}, mail(first));
  bring_in(4, {"p4"});
  EXPECT_EQ(roster->size(), 3u);
  EXPECT_EQ(home("p2"), std::nullopt);
  EXPECT_EQ(home("p1"), 1u);
}

TEST_F(RosterOfThree, WhoIsBusyPinnedOrBlockedStays) {
  for (std::uint64_t id = 1; id <= 3; ++id) bring_in(id, {"p" + std::to_string(id)});
  (void)roster->post(PersonId{"p1"}, mail(first), Turn::kLooking);
  roster->pin(HouseholdId{2}, true);
  roster->block(HouseholdId{3}, true);
  bring_in(4, {"p4"});
  EXPECT_EQ(roster->size(), 4u);
  roster->pin(HouseholdId{2}, false);
  bring_in(5, {"p5"});
  EXPECT_EQ(home("p2"), std::nullopt);
  EXPECT_EQ(home("p1"), 1u);
  EXPECT_EQ(home("p3"), 3u);
}

TEST_F(RosterOfThree, AFailedHouseholdKeepsItsMailUntilItIsBack) {
  bring_in(1, {"an"});
  roster->failed(HouseholdId{1});
  const EnvelopePtr returned = mail(first);
  const InflightCount elsewhere = std::make_shared<std::atomic<unsigned>>(0);
  returned->inflight = InflightToken{elsewhere};
  roster->take_back(HouseholdId{1}, returned);
  (void)roster->post(PersonId{"an"}, mail(second));
  EXPECT_EQ(*elsewhere, 0u) << "what came back was never submitted";
  EXPECT_TRUE(roster->settled(HouseholdId{1})) << "nor was what only waits";
  EXPECT_FALSE(roster->enter(HouseholdId{1})) << "nobody loads it meanwhile";
  EXPECT_FALSE(second.arrived());
  roster->loaded(image(1, {"an"}));
  EXPECT_TRUE(second.arrived());
}

TEST_F(RosterOfThree, AMergeTakesPersonsAndWaitingMailAlong) {
  bring_in(1, {"an"});
  bring_in(2, {"bo", "cy"});
  roster->block(HouseholdId{1}, true);
  roster->block(HouseholdId{2}, true);
  (void)roster->post(PersonId{"bo"}, mail(first));
  roster->merge(HouseholdId{2}, HouseholdId{1});
  EXPECT_EQ(home("cy"), 1u);
  EXPECT_EQ(roster->size(), 1u);
  EXPECT_FALSE(first.arrived());
  roster->block(HouseholdId{1}, false);
  EXPECT_TRUE(first.arrived());
}

TEST_F(RosterOfThree, GivingUpHandsEverythingBack) {
  EXPECT_TRUE(roster->enter(HouseholdId{1}));
  (void)roster->post(PersonId{"an"}, mail(first));
  (void)roster->found(PersonId{"an"}, HouseholdId{1});
  EXPECT_EQ(roster->give_up(HouseholdId{1}).size(), 1u);
  EXPECT_EQ(roster->size(), 0u);
  (void)roster->post(PersonId{"bo"}, mail(second));
  EXPECT_EQ(roster->give_up(PersonId{"bo"}).size(), 1u);
  EXPECT_TRUE(roster->give_up(PersonId{"bo"}).empty());
}

TEST_F(RosterOfThree, ClearingLeavesNoTicketOpen) {
  bring_in(1, {"an"});
  roster->block(HouseholdId{1}, true);
  (void)roster->post(PersonId{"an"}, mail(first));
  (void)roster->post(PersonId{"bo"}, mail(second));
  roster->clear();
  EXPECT_TRUE(first.unknown());
  EXPECT_TRUE(second.unknown());
  EXPECT_EQ(roster->size(), 0u);
}

}  // namespace
}  // namespace gongji::actors::test
