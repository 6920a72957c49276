// The fixed reporting order of a settlement: identity → network or link → started, window → status
// (insured, suspended, duplicate, main relation, place, account) → mode → place of use → money.
#include "domain/evolve.hpp"
#include "domain/transactions/settle.hpp"
#include "tests/domain/rules/fault_table.hpp"
#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

// A Shanxi purchase without a fault; each fault spoils one thing.
struct Purchase {
  Profile profile = shipped("SX-2025");
  Person mother;
  Person child;
  Network network;
  Link link;
  SettleCommand bill;

  Purchase() {
    mother.id = PersonId{"mother"};
    mother.card.scheme = Scheme::kEmployee;
    mother.carryover = yuan("3000.00");
    child.id = PersonId{"child"};
    mother.card.area = child.card.area = link.member_area = link.organiser_area = "140107";
    child.card.certno = "ID-child";
    link.id = LinkId{1};
    link.member = child.id;
    link.quota = link.quota_left = yuan("500.00");
    network.organiser = mother.id;
    network.family = "SX";
    network.modes = {Mode::kPay};
    network.modes_confirmed = true;
    bill.patient = child.id;
    bill.certificate = {"02", "ID-child"};
    bill.place.area = "140107";
    bill.parts.medfee_sum = yuan("10.00");
  }

  bool bound = true;
};

Reason told(const Purchase& p) {
  Household home;
  home.persons = {p.mother, p.child};
  if (p.bound) {
    home.networks = {p.network};
    home.networks.front().links = {p.link};
  }
  const ProfileBook book = shipped_but(p.profile);
  const auto settled = would_settle(home, p.bill, {civil("2026-03-02 10:00"), book, nullptr});
  return settled ? settled->zero_reason : settled.error().reason;
}

const std::vector<Fault<Purchase>> kFaults{
    {Reason::kNotOwnCard, [](Purchase& p) { p.bill.certificate.number = "ID-mother"; }},
    {Reason::kNoNetwork, [](Purchase& p) { p.bound = false; }},
    {Reason::kNotStarted, [](Purchase& p) { p.profile.service_start = day("2026-03-03"); }},
    {Reason::kWindow, [](Purchase& p) { p.link.window.to = day("2026-03-01"); }},
    {Reason::kNotInsured, [](Purchase& p) { p.child.card.scheme = Scheme::kHelpPlan; }},
    {Reason::kNotInsured, [](Purchase& p) { p.mother.status = InsuredStatus::kEnded; }},
    {Reason::kSuspended, [](Purchase& p) { p.child.status = InsuredStatus::kSuspended; }},
    {Reason::kDuplicateInsured, [](Purchase& p) { p.mother.duplicate_insurance = true; }},
    {Reason::kWrongMain,
     [](Purchase& p) {
       p.child.duplicate_insurance = true;
       p.child.main_account = MainAccount::kWrong;
     }},
    {Reason::kPlaceChanged, [](Purchase& p) { p.link.member_area = "140106"; }},
    {Reason::kAccountUnusable, [](Purchase& p) { p.mother.account_state = AccountState::kFrozen; }},
    {Reason::kModeUnconfirmed,
     [](Purchase& p) {
       p.profile.mode_confirmation = true;
       p.network.modes_confirmed = false;
     }},
    {Reason::kModeOff, [](Purchase& p) { p.network.modes = {Mode::kPremium}; }},
    {Reason::kNotDesignated, [](Purchase& p) { p.bill.place.designated = false; }},
    {Reason::kOutOfProvince, [](Purchase& p) { p.bill.place.area = "110101"; }},
    {Reason::kFloor, [](Purchase& p) { p.mother.carryover = yuan("1000.00"); }},
    {Reason::kQuota, [](Purchase& p) { p.link.quota_left = Fen{}; }},
};

TEST(ReportingOrder, of_a_settlement) { expect_fixed_order(kFaults, told); }

}  // namespace
}  // namespace gongji::test
