#include "domain/money_flow.hpp"

namespace gongji {
namespace {

struct Change {
  Fen operator()(const Settled& e) const {
    return -(sum_of(e.own) + sum_of(e.family) + e.current_year_taken);
  }
  Fen operator()(const SettlementReversed& e) const {
    return sum_of(e.returned) + sum_of(e.suspense);
  }
  Fen operator()(const SettlementReapplied& e) const { return -sum_of(e.taken); }
  Fen operator()(const PersonEnrolled& e) const { return e.person.total(); }
  Fen operator()(const PersonDetailsChanged&) const { return {}; }
  Fen operator()(const NetworkFormed&) const { return {}; }
  Fen operator()(const ModesConfirmed&) const { return {}; }
  Fen operator()(const MemberBound&) const { return {}; }
  Fen operator()(const MemberUnbound&) const { return {}; }
  Fen operator()(const NetworkDisbanded&) const { return {}; }
  Fen operator()(const HouseholdDeparted& e) const { return -e.contents.total(); }
  Fen operator()(const ContentsArrived& e) const { return e.contents.total(); }
  Fen operator()(const RelationCorrected&) const { return {}; }
  Fen operator()(const AccountCredited& e) const { return e.amount; }
  Fen operator()(const AccountDebited& e) const { return -e.amount; }
  Fen operator()(const YearRolled& e) const { return e.interest; }
  Fen operator()(const AccountTransferredOut& e) const { return -(e.current_year + e.carryover); }
  Fen operator()(const ContributionOrdered& e) const { return -sum_of(e.order.legs); }
  Fen operator()(const ContributionAnswered&) const { return {}; }
  Fen operator()(const ContributionInsured&) const { return {}; }
  Fen operator()(const ContributionReversed& e) const {
    return sum_of(e.returned) + sum_of(e.suspense);
  }
  Fen operator()(const ReviewMarked&) const { return {}; }
};

}  // namespace

Fen net_change(const Event& event) { return std::visit(Change{}, event); }

Fen net_change(const Events& events) {
  Fen sum;
  for (const Event& event : events) sum += net_change(event);
  return sum;
}

}  // namespace gongji
