// What an order records beside its outcome; the rules themselves are told in rules/.
#include "domain/transactions/contribute.hpp"

#include <gtest/gtest.h>

#include "domain/evolve.hpp"
#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

const PersonId kSon{"son"};
const PersonId kFather{"father"};

Person person(const PersonId& id, Scheme scheme, std::int64_t carryover) {
  Person made;
  made.id = id;
  made.card.psn_name = "name of " + id.text();
  made.card.certno = "ID-" + id.text();
  made.card.scheme = scheme;
  made.card.area = "310101";
  made.carryover = Fen{carryover};
  return made;
}

Household home() {
  Household made;
  made.id = HouseholdId{4};
  made.persons = {person(kSon, Scheme::kEmployee, 50'000)};
  return made;
}

ContributeCommand product(int year) { return {kFather, kSon, "COMMERCIAL", "HUHUIBAO", year}; }

Context now() { return {civil("2026-03-02"), shipped_profiles(), nullptr}; }

ContributionOrdered ordered(const Household& household, const ContributeCommand& command) {
  const Decision decision = decide_contribute(household, command, now());
  const auto* event =
      decision.ok() ? std::get_if<ContributionOrdered>(&decision->front()) : nullptr;
  return event == nullptr ? ContributionOrdered{} : *event;
}

TEST(Contribute, the_certificate_s_names_are_those_of_the_day) {
  Household household = home();
  household.persons.push_back(person(kFather, Scheme::kResident, 0));
  const ContributionOrdered event = ordered(household, product(2026));
  EXPECT_EQ(event.payer_name, "name of son");
  EXPECT_EQ(event.person_name, "name of father");
  EXPECT_EQ(event.certno, "ID-father");
  EXPECT_EQ(event.area, "310101");
}

TEST(Contribute, who_lives_elsewhere_is_known_by_number_only) {
  const ContributionOrdered event = ordered(home(), product(2026));
  EXPECT_EQ(event.order.person, kFather);
  EXPECT_EQ(event.person_name, "");
  EXPECT_EQ(event.order.amount, yuan("129.00"));
  EXPECT_TRUE(event.order.own_purchase && event.order.awaits_insurer);
}

TEST(Contribute, orders_are_numbered_within_their_household) {
  Household household = home();
  const ContributionOrdered first = ordered(household, product(2026));
  EXPECT_EQ(first.order.id, OrderId{(4U << 20) + 0U});
  household = evolve(std::move(household), Event{first});
  const ContributionOrdered second = ordered(household, product(2027));
  EXPECT_EQ(second.order.id, OrderId{(4U << 20) + 1U});
  household = evolve(std::move(household), Event{second});
  EXPECT_EQ(household.contributions.size(), 2U);
  EXPECT_EQ(household.find(kSon)->carryover, yuan("242.00"));
}

TEST(Contribute, answers_about_an_order_nobody_placed_find_nothing) {
  EXPECT_EQ(decide_answer_tax(home(), {kSon, Sequence{3}, true, ""}, now()).error().reason,
            Reason::kNotFound);
  EXPECT_EQ(decide_answer_insurer(home(), {kSon, Sequence{3}, true, ""}, now()).error().reason,
            Reason::kNotFound);
}

TEST(Contribute, an_unknown_holder_orders_nothing) {
  ContributeCommand command = product(2026);
  command.ordered_by = PersonId{"nobody"};
  EXPECT_EQ(decide_contribute(home(), command, now()).error().reason, Reason::kNoPerson);
}

}  // namespace
}  // namespace gongji::test
