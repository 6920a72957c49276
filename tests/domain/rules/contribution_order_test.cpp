// The fixed reporting order of a contribution: started, window → status (insured, suspended,
// duplicate, main relation, place, account) → mode → purpose and price → who may order → already
// paid → tax pending → money before quota. That a network is there at all comes first; what happens
// without one is told in shanghai_premium_rules_test.cpp.
#include "domain/evolve.hpp"
#include "domain/transactions/contribute.hpp"
#include "tests/domain/rules/fault_table.hpp"
#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

// A Shanxi premium without a fault; each fault spoils one thing.
struct Order {
  Profile profile = shipped("SX-2025");
  Person mother;
  Person child;
  Network network;
  Link link;
  std::vector<Contribution> earlier;
  ContributeCommand asked;

  Order() {
    mother.id = PersonId{"mother"};
    mother.card.scheme = Scheme::kEmployee;
    mother.carryover = yuan("3000.00");
    child.id = PersonId{"child"};
    child.card.scheme = Scheme::kResident;
    mother.card.area = child.card.area = link.member_area = link.organiser_area = "140107";
    link.id = LinkId{1};
    link.member = child.id;
    link.quota = link.quota_left = yuan("500.00");
    network = {mother.id, "SX", true, {Mode::kPremium}, {}};
    asked = {child.id, mother.id, "RESIDENT_PREMIUM", "", 2026};
  }

  void placed_before(ContributionStatus status) {
    Contribution order;
    order.person = child.id;
    order.payer = mother.id;
    order.purpose = asked.purpose;
    order.year = 2026;
    order.status = status;
    earlier.push_back(order);
  }
};

Reason told(const Order& order) {
  Household home;
  home.persons = {order.mother, order.child};
  home.networks = {order.network};
  home.networks.front().links = {order.link};
  home.contributions = order.earlier;
  const ProfileBook book = shipped_but(order.profile);
  const Decision decision =
      decide_contribute(home, order.asked, {civil("2026-03-02 10:00"), book, nullptr});
  return decision ? Reason::kNone : decision.error().reason;
}

const std::vector<Fault<Order>> kFaults{
    {Reason::kNotStarted, [](Order& o) { o.profile.service_start = day("2026-03-03"); }},
    {Reason::kWindow, [](Order& o) { o.link.window.to = day("2026-03-01"); }},
    {Reason::kNotInsured, [](Order& o) { o.child.card.scheme = Scheme::kHelpPlan; }},
    {Reason::kSuspended, [](Order& o) { o.mother.status = InsuredStatus::kSuspended; }},
    {Reason::kDuplicateInsured, [](Order& o) { o.child.duplicate_insurance = true; }},
    {Reason::kWrongMain,
     [](Order& o) {
       o.mother.duplicate_insurance = true;
       o.mother.main_account = MainAccount::kWrong;
     }},
    {Reason::kPlaceChanged, [](Order& o) { o.link.organiser_area = "140106"; }},
    {Reason::kAccountUnusable, [](Order& o) { o.mother.account_state = AccountState::kFrozen; }},
    {Reason::kModeUnconfirmed,
     [](Order& o) {
       o.profile.mode_confirmation = true;
       o.network.modes_confirmed = false;
     }},
    {Reason::kModeOff, [](Order& o) { o.link.modes = {Mode::kPay}; }},
    {Reason::kPurpose, [](Order& o) { o.profile.premiums.front().prices.clear(); }},
    {Reason::kForbidden, [](Order& o) { o.asked.ordered_by = o.child.id; }},
    {Reason::kAlreadyPaid, [](Order& o) { o.placed_before(ContributionStatus::kPaid); }},
    {Reason::kTaxPending, [](Order& o) { o.placed_before(ContributionStatus::kPending); }},
    {Reason::kInsufficientPremium, [](Order& o) { o.mother.carryover = yuan("1399.99"); }},
    {Reason::kQuota, [](Order& o) { o.link.quota_left = yuan("399.99"); }},
};

TEST(ReportingOrder, of_a_contribution) { expect_fixed_order(kFaults, told); }

}  // namespace
}  // namespace gongji::test
