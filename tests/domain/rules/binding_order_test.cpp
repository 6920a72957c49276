// The fixed reporting order of forming and binding: self, organiser's scheme, relation, network or
// chain, rebind, status of both (insured, suspended, duplicate, main relation, account),
// carry-over, quota.
#include "domain/transactions/membership.hpp"
#include "tests/domain/rules/fault_table.hpp"
#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

const PersonId kMother{"mother"};
const PersonId kChild{"child"};
const PersonId kAunt{"aunt"};
const PersonId kNephew{"nephew"};

Person person(const PersonId& id, Scheme scheme, const char* area) {
  Person made;
  made.id = id;
  made.card.scheme = scheme;
  made.card.area = area;
  made.carryover = yuan("3000.00");
  return made;
}

Network network(const PersonId& organiser, const char* family, std::vector<PersonId> members) {
  Network made;
  made.organiser = organiser;
  made.family = family;
  for (const PersonId& member : members) {
    Link link;
    link.member = member;
    made.links.push_back(link);
  }
  return made;
}

// A faultless act in one region: the mother forms with the child, or binds him.
struct Act {
  explicit Act(const char* region, const char* area)
      : family(region),
        asked{kChild, Relation::kChild, yuan("500.00"), {day("2026-01-01"), day("2026-12-31")}} {
    home.id = HouseholdId{1};
    home.persons = {person(kMother, Scheme::kEmployee, area),
                    person(kChild, Scheme::kResident, area), person(kAunt, Scheme::kEmployee, area),
                    person(kNephew, Scheme::kResident, area)};
  }

  std::string family;
  Household home;
  NewMember asked;
  Person& mother() { return *home.find(kMother); }
  Person& child() { return *home.find(kChild); }
  void add(Network made) { home.networks.push_back(std::move(made)); }
};
struct ShanghaiForming : Act {
  ShanghaiForming() : Act("SH", "310101") {}
};
struct ShanxiBinding : Act {
  ShanxiBinding() : Act("SX", "140107") {}
};

Reason told_of(const Decision& decision) {
  return decision ? Reason::kNone : decision.error().reason;
}
Context now() { return {civil("2026-03-02 10:00"), shipped_profiles(), nullptr}; }

Reason told_when_forming(const Act& act) {
  return told_of(decide_form_network(act.home, {kMother, act.family, {}, {act.asked}}, now()));
}
Reason told_when_binding(const Act& act) {
  return told_of(decide_bind(act.home, {kMother, act.family, act.asked}, now()));
}

void wrong_main(Person& person) {
  person.duplicate_insurance = true;
  person.main_account = MainAccount::kWrong;
}

const std::vector<Fault<ShanghaiForming>> kForming{
    {Reason::kSelf, [](Act& a) { a.asked.id = kMother; }},
    {Reason::kNotEmployee, [](Act& a) { a.mother().card.scheme = Scheme::kResident; }},
    {Reason::kRelationNotAllowed, [](Act& a) { a.asked.relation = Relation::kOther; }},
    {Reason::kAlreadyInNetwork, [](Act& a) { a.add(network(kAunt, "SH", {kMother})); }},
    {Reason::kAlreadyInNetwork, [](Act& a) { a.add(network(kChild, "SH", {})); }},
    {Reason::kNotInsured, [](Act& a) { a.child().card.area = "320100"; }},
    {Reason::kNotInsured, [](Act& a) { a.mother().status = InsuredStatus::kEnded; }},
    {Reason::kSuspended, [](Act& a) { a.child().status = InsuredStatus::kSuspended; }},
    {Reason::kAccountUnusable, [](Act& a) { a.mother().account_state = AccountState::kFrozen; }},
    {Reason::kNoCarryover, [](Act& a) { a.mother().carryover = Fen{}; }},
};

const std::vector<Fault<ShanxiBinding>> kBinding{
    {Reason::kSelf, [](Act& a) { a.asked.id = kMother; }},
    {Reason::kNotEmployee, [](Act& a) { a.mother().card.scheme = Scheme::kResident; }},
    {Reason::kRelationNotAllowed, [](Act& a) { a.asked.relation = Relation::kParentInLaw; }},
    {Reason::kAlreadyBound, [](Act& a) { a.add(network(kAunt, "SX", {kChild})); }},
    {Reason::kChainAuthoriser, [](Act& a) { a.add(network(kChild, "SX", {kNephew})); }},
    {Reason::kChainBeneficiary, [](Act& a) { a.add(network(kAunt, "SX", {kMother})); }},
    {Reason::kRebindRequired, [](Act& a) { a.add(network(kMother, "SX", {kChild})); }},
    {Reason::kNotInsured, [](Act& a) { a.child().card.scheme = Scheme::kHelpPlan; }},
    {Reason::kNotInsured, [](Act& a) { a.mother().status = InsuredStatus::kEnded; }},
    {Reason::kSuspended, [](Act& a) { a.child().status = InsuredStatus::kSuspended; }},
    {Reason::kDuplicateInsured, [](Act& a) { a.mother().duplicate_insurance = true; }},
    {Reason::kWrongMain, [](Act& a) { wrong_main(a.child()); }},
    {Reason::kAccountUnusable, [](Act& a) { a.mother().account_state = AccountState::kFrozen; }},
    {Reason::kQuotaOverShareable, [](Act& a) { a.mother().carryover = yuan("1499.99"); }},
};

TEST(ReportingOrder, of_forming_a_network) { expect_fixed_order(kForming, told_when_forming); }
TEST(ReportingOrder, of_binding_the_first_member) {
  expect_fixed_order(kForming, told_when_binding);
}
TEST(ReportingOrder, of_a_shanxi_binding) { expect_fixed_order(kBinding, told_when_binding); }

TEST(ReportingOrder, a_stranger_is_told_before_anything_but_oneself) {
  Act act{"SX", "140107"};
  act.asked.id = PersonId{"stranger"};
  act.asked.relation = Relation::kOther;
  EXPECT_EQ(told_when_binding(act), Reason::kNoPerson);
}

}  // namespace
}  // namespace gongji::test
