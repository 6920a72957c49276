#include "domain/evolve.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace gongji {
namespace {

Person& holder(Household& household, const PersonId& id) {
  Person* person = household.find(id);
  if (person == nullptr) std::abort();
  return *person;
}

Network& network_of(Household& household, const PersonId& organiser) {
  Network* network = household.network_of(organiser);
  if (network == nullptr) std::abort();
  return *network;
}

// Only cumulative quotas run down; a link without quota keeps quota_left at zero.
void use_quota(Household& household, const Leg& leg, Fen amount) {
  Link* link = leg.link.is_none() ? nullptr : household.link(leg.link);
  if (link != nullptr && link->quota) link->quota_left -= amount;
}

void take(Household& household, const std::vector<Leg>& legs) {
  for (const Leg& leg : legs) {
    holder(household, leg.owner).balance(leg.bucket) -= leg.amount;
    use_quota(household, leg, leg.amount);
  }
}

// Refills the very link it was taken from; a link closed since stays closed (GX-05).
void give_back(Household& household, const std::vector<Leg>& legs) {
  for (const Leg& leg : legs) {
    holder(household, leg.owner).balance(leg.bucket) += leg.amount;
    use_quota(household, leg, -leg.amount);
  }
}

struct Apply {
  Household& household;

  void operator()(const Settled& event) const {
    take(household, event.own);
    take(household, event.family);
    holder(household, event.patient).current_year -= event.current_year_taken;
  }
  void operator()(const SettlementReversed& event) const {
    give_back(household, event.returned);
    household.reversals.push_back({event.original, event.kind});
  }
  void operator()(const SettlementReapplied& event) const {
    take(household, event.taken);
    std::erase_if(household.reversals,
                  [&](const ReversalMark& mark) { return mark.original == event.original; });
  }
  void operator()(const PersonEnrolled& event) const { household.persons.push_back(event.person); }
  void operator()(const PersonDetailsChanged& event) const {
    Person& person = holder(household, event.person.id);
    const Fen current_year = person.current_year;
    const Fen carryover = person.carryover;
    person = event.person;
    person.current_year = current_year;
    person.carryover = carryover;
  }
  void operator()(const NetworkFormed& event) const {
    Network network;
    network.organiser = event.organiser;
    network.family = event.family;
    household.networks.push_back(std::move(network));
  }
  void operator()(const ModesConfirmed& event) const {
    Network& network = network_of(household, event.organiser);
    network.modes = event.modes;
    network.modes_confirmed = true;
  }
  void operator()(const MemberBound& event) const {
    network_of(household, event.organiser).links.push_back(event.link);
    ++household.links_made;
  }
  void operator()(const MemberUnbound& event) const {
    std::erase_if(network_of(household, event.organiser).links,
                  [&](const Link& link) { return link.id == event.link; });
  }
  void operator()(const NetworkDisbanded& event) const {
    std::erase_if(household.networks,
                  [&](const Network& network) { return network.organiser == event.organiser; });
  }
  void operator()(const HouseholdDeparted& event) const {
    household.moved_to = event.to;
    household.persons.clear();
    household.networks.clear();
    household.reversals.clear();
  }
  void operator()(const ContentsArrived& event) const {
    const auto append = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(household.persons, event.contents.persons);
    append(household.networks, event.contents.networks);
    append(household.reversals, event.contents.reversals);
  }
};

}  // namespace

Household evolve(Household household, const Event& event) {
  std::visit(Apply{household}, event);
  return household;
}

Household evolve(Household household, const Events& events) {
  for (const Event& event : events) household = evolve(std::move(household), event);
  return household;
}

}  // namespace gongji
