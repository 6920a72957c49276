// Controls: with a fault planted on purpose, the property that guards against it turns red. The
// properties themselves are in history_properties_test.cpp.
#include <gtest/gtest.h>

#include "domain/evolve.hpp"
#include "tests/domain/rules/properties/rehearsal.hpp"
#include "tests/domain/support/profiles.hpp"

namespace gongji::test {
namespace {

constexpr int kCases = 2'000;  // a fault is found long before

bool is_noticed(Law law, const Rehearsal::Fault& fault) {
  return some_scene_breaks(kCases, [&](const Scene& scene) {
    Rehearsal rehearsal{scene, fault};
    rehearsal.play();
    return rehearsal.auditor().about(law);
  });
}

ProfileBook everywhere(void (*change)(Profile&)) {
  std::vector<Profile> profiles = shipped_profiles().all();
  for (Profile& profile : profiles) change(profile);
  return ProfileBook{std::move(profiles)};
}

bool is_noticed(Law law, void (*change)(Profile&)) {
  const ProfileBook book = everywhere(change);
  return is_noticed(law, Rehearsal::Fault{&book, {}});
}

Household forget_to_refill(Household household, const Event& event) {
  const auto* reversed = std::get_if<SettlementReversed>(&event);
  if (reversed == nullptr) return evolve(std::move(household), event);
  SettlementReversed without_links = *reversed;
  for (Leg& leg : without_links.returned) leg.link = LinkId{};
  return evolve(std::move(household), without_links);
}

Household forget_the_family_debit(Household household, const Event& event) {
  const auto* settled = std::get_if<Settled>(&event);
  if (settled == nullptr) return evolve(std::move(household), event);
  Settled own_only = *settled;
  own_only.family.clear();
  return evolve(std::move(household), own_only);
}

Household return_half(Household household, const Event& event) {
  const auto* reversed = std::get_if<SettlementReversed>(&event);
  if (reversed == nullptr || reversed->returned.size() < 2)
    return evolve(std::move(household), event);
  SettlementReversed half = *reversed;
  half.returned.pop_back();
  return evolve(std::move(household), half);
}

Household arrive_twice(Household household, const Event& event) {
  household = evolve(std::move(household), event);
  const auto* arrived = std::get_if<ContentsArrived>(&event);
  if (arrived == nullptr) return household;
  for (const Person& person : arrived->contents.persons)
    household.find(person.id)->carryover += person.carryover;
  return household;
}

TEST(PlantedFaults, without_a_fault_the_control_is_silent) {
  const auto plain = [](Household household, const Event& event) {
    return evolve(std::move(household), event);
  };
  EXPECT_FALSE(some_scene_breaks(300, [&](const Scene& scene) -> std::string {
    Rehearsal rehearsal{scene, Rehearsal::Fault{nullptr, plain}};
    rehearsal.play();
    const auto& complaints = rehearsal.auditor().complaints();
    return complaints.empty() ? "" : complaints.front().text;
  }));
}

TEST(PlantedFaults, a_quota_not_refilled_is_noticed) {
  EXPECT_TRUE(is_noticed(Law::kQuotaHolds, Rehearsal::Fault{nullptr, forget_to_refill}));
}
TEST(PlantedFaults, a_family_share_not_debited_is_noticed) {
  EXPECT_TRUE(is_noticed(Law::kMoneyStays, Rehearsal::Fault{nullptr, forget_the_family_debit}));
}
TEST(PlantedFaults, a_leg_that_does_not_come_back_is_noticed) {
  EXPECT_TRUE(is_noticed(Law::kMoneyStays, Rehearsal::Fault{nullptr, return_half}));
}
TEST(PlantedFaults, money_doubled_by_a_merge_is_noticed) {
  EXPECT_TRUE(is_noticed(Law::kMoneyStays, Rehearsal::Fault{nullptr, arrive_twice}));
}
TEST(PlantedFaults, a_forgotten_floor_is_noticed) {
  EXPECT_TRUE(is_noticed(Law::kFloorHolds, [](Profile& profile) { profile.floor = Fen{}; }));
}
TEST(PlantedFaults, a_quota_read_as_per_settlement_is_noticed) {
  EXPECT_TRUE(is_noticed(Law::kQuotaHolds, [](Profile& profile) {
    if (profile.quota_kind == QuotaKind::kCumulative)
      profile.quota_kind = QuotaKind::kPerSettlement;
  }));
}
TEST(PlantedFaults, a_second_role_is_noticed) {
  EXPECT_TRUE(is_noticed(Law::kOneRole, [](Profile& profile) {
    profile.role_is_network_wide = false;
    profile.roles_exclusive = false;
  }));
  EXPECT_TRUE(
      is_noticed(Law::kOneRole, [](Profile& profile) { profile.authorisers_per_member.reset(); }));
}

}  // namespace
}  // namespace gongji::test
