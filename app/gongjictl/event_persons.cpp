#include "app/gongjictl/event_view.hpp"

namespace gongji::ctl {
namespace {

struct Named {
  std::vector<PersonId> ids = {};

  void add(const PersonId& id) { ids.push_back(id); }
  void add(const std::vector<Leg>& legs) {
    for (const Leg& leg : legs) add(leg.owner);
  }
  void add(const std::vector<Person>& persons) {
    for (const Person& person : persons) add(person.id);
  }

  void operator()(const Settled& e) {
    add(e.patient);
    add(e.own);
    add(e.family);
  }
  void operator()(const SettlementReversed& e) {
    add(e.patient);
    add(e.returned);
    add(e.suspense);
  }
  void operator()(const SettlementReapplied& e) {
    add(e.patient);
    add(e.taken);
  }
  void operator()(const PersonEnrolled& e) { add(e.person.id); }
  void operator()(const PersonDetailsChanged& e) { add(e.person.id); }
  void operator()(const NetworkFormed& e) { add(e.organiser); }
  void operator()(const ModesConfirmed& e) { add(e.organiser); }
  void operator()(const MemberBound& e) {
    add(e.organiser);
    add(e.link.member);
  }
  void operator()(const MemberUnbound& e) { add(e.organiser); }
  void operator()(const NetworkDisbanded& e) { add(e.organiser); }
  void operator()(const HouseholdDeparted& e) { add(e.contents.persons); }
  void operator()(const ContentsArrived& e) { add(e.contents.persons); }
  void operator()(const RelationCorrected& e) { add(e.organiser); }
  void operator()(const AccountCredited& e) { add(e.person); }
  void operator()(const AccountDebited& e) { add(e.person); }
  void operator()(const YearRolled& e) { add(e.person); }
  void operator()(const AccountTransferredOut& e) { add(e.person); }
  void operator()(const ContributionOrdered& e) {
    add(e.order.person);
    add(e.order.payer);
  }
  void operator()(const ContributionAnswered&) {}  // its command names the payer
  void operator()(const ContributionInsured&) {}
  void operator()(const ContributionReversed& e) {
    add(e.returned);
    add(e.suspense);
  }
  void operator()(const ReviewMarked& e) { add(e.review.person); }
};

}  // namespace

std::vector<PersonId> persons_in(const Event& event) {
  Named named;
  std::visit(named, event);
  return named.ids;
}

}  // namespace gongji::ctl
