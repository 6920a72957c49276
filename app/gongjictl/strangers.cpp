#include "app/gongjictl/strangers.hpp"

#include <algorithm>

namespace gongji::ctl {
namespace {

// Walks the events in order and remembers whom they bring in and who leaves.
struct Strangers {
  const Household& household;
  std::vector<PersonId> persons = {};     // enrolled or arrived in this record
  std::vector<PersonId> organisers = {};  // networks formed in this record
  std::string found = {};

  static bool contains(const std::vector<PersonId>& all, const PersonId& id) {
    return std::find(all.begin(), all.end(), id) != all.end();
  }
  void need_person(const PersonId& id) {
    if (household.find(id) == nullptr && !contains(persons, id))
      found = "moves money of " + id.text() + ", who does not live in its household";
  }
  void need_network(const PersonId& organiser) {
    if (household.network_of(organiser) == nullptr && !contains(organisers, organiser))
      found = "changes the network of " + organiser.text() + ", who has none";
  }
  void need_owners(const std::vector<Leg>& legs) {
    for (const Leg& leg : legs) need_person(leg.owner);
  }

  void operator()(const Settled& e) {
    need_person(e.patient);
    need_owners(e.own);
    need_owners(e.family);
  }
  void operator()(const SettlementReversed& e) {
    need_owners(e.returned);
    need_owners(e.suspense);
  }
  void operator()(const SettlementReapplied& e) { need_owners(e.taken); }
  void operator()(const PersonEnrolled& e) { persons.push_back(e.person.id); }
  void operator()(const PersonDetailsChanged& e) { need_person(e.person.id); }
  void operator()(const NetworkFormed& e) { organisers.push_back(e.organiser); }
  void operator()(const ModesConfirmed& e) { need_network(e.organiser); }
  void operator()(const MemberBound& e) { need_network(e.organiser); }
  void operator()(const MemberUnbound& e) { need_network(e.organiser); }
  void operator()(const NetworkDisbanded& e) { need_network(e.organiser); }
  void operator()(const HouseholdDeparted& e) {
    for (const Person& person : e.contents.persons) need_person(person.id);
  }
  void operator()(const ContentsArrived& e) {
    for (const Person& person : e.contents.persons) persons.push_back(person.id);
    for (const Network& network : e.contents.networks) organisers.push_back(network.organiser);
  }
  void operator()(const RelationCorrected& e) { need_network(e.organiser); }
  void operator()(const AccountCredited& e) { need_person(e.person); }
  void operator()(const AccountDebited& e) { need_person(e.person); }
  void operator()(const YearRolled& e) { need_person(e.person); }
  void operator()(const AccountTransferredOut& e) { need_person(e.person); }
  void operator()(const ContributionOrdered& e) { need_owners(e.order.legs); }
  void operator()(const ContributionAnswered&) {}
  void operator()(const ContributionInsured&) {}
  void operator()(const ContributionReversed& e) {
    need_owners(e.returned);
    need_owners(e.suspense);
  }
  void operator()(const ReviewMarked& e) { need_person(e.review.person); }
};

}  // namespace

std::string first_stranger(const Household& household, const Events& events) {
  Strangers strangers{household};
  for (const Event& event : events) {
    std::visit(strangers, event);
    if (!strangers.found.empty()) break;
  }
  return strangers.found;
}

}  // namespace gongji::ctl
