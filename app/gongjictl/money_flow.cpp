#include "app/gongjictl/money_flow.hpp"

namespace gongji::ctl {
namespace {

Fen total(const std::vector<Leg>& legs) {
  Fen sum;
  for (const Leg& leg : legs) sum += leg.amount;
  return sum;
}

Fen total(const Household& contents) {
  Fen sum;
  for (const Person& person : contents.persons) sum += person.current_year + person.carryover;
  for (const SuspenseEntry& entry : contents.suspense) sum += entry.amount;
  return sum;
}

struct Add {
  MoneyFlow& flow;

  void operator()(const Settled& e) const {
    flow.taken += total(e.own) + total(e.family) + e.current_year_taken;
  }
  void operator()(const SettlementReversed& e) const {
    flow.returned += total(e.returned) + total(e.suspense);
  }
  void operator()(const SettlementReapplied& e) const { flow.taken += total(e.taken); }
  void operator()(const PersonEnrolled& e) const {
    flow.enrolled += e.person.current_year + e.person.carryover;
  }
  void operator()(const PersonDetailsChanged&) const {}
  void operator()(const NetworkFormed&) const {}
  void operator()(const ModesConfirmed&) const {}
  void operator()(const MemberBound&) const {}
  void operator()(const MemberUnbound&) const {}
  void operator()(const NetworkDisbanded&) const {}
  void operator()(const HouseholdDeparted& e) const { flow.departed += total(e.contents); }
  void operator()(const ContentsArrived& e) const { flow.arrived += total(e.contents); }
  void operator()(const RelationCorrected&) const {}
  void operator()(const AccountCredited& e) const { flow.credited += e.amount; }
  void operator()(const AccountDebited& e) const { flow.debited += e.amount; }
  void operator()(const YearRolled& e) const { flow.interest += e.interest; }
  void operator()(const AccountTransferredOut& e) const {
    flow.transferred_out += e.current_year + e.carryover;
  }
  void operator()(const ContributionOrdered& e) const { flow.contributed += total(e.order.legs); }
  void operator()(const ContributionAnswered&) const {}
  void operator()(const ContributionInsured&) const {}
  void operator()(const ContributionReversed& e) const {
    flow.handed_back += total(e.returned) + total(e.suspense);
  }
  void operator()(const ReviewMarked&) const {}
};

}  // namespace

MoneyFlow& MoneyFlow::operator+=(const MoneyFlow& other) {
  for (Fen MoneyFlow::*const field :
       {&MoneyFlow::enrolled, &MoneyFlow::credited, &MoneyFlow::interest, &MoneyFlow::returned,
        &MoneyFlow::handed_back, &MoneyFlow::taken, &MoneyFlow::contributed, &MoneyFlow::debited,
        &MoneyFlow::transferred_out, &MoneyFlow::arrived, &MoneyFlow::departed})
    this->*field += other.*field;
  return *this;
}

MoneyFlow money_flow(const Events& events) {
  MoneyFlow flow;
  for (const Event& event : events) std::visit(Add{flow}, event);
  return flow;
}

}  // namespace gongji::ctl
