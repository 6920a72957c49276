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
    Person& owner = holder(household, leg.owner);
    if (leg.bucket == Bucket::kCurrentYear)
      owner.take_current_year({leg.year, leg.amount});
    else
      owner.carryover -= leg.amount;
    use_quota(household, leg, leg.amount);
  }
}

// Refills the very link it was taken from; a link closed since stays closed (GX-05).
void give_back(Household& household, const std::vector<Leg>& legs) {
  for (const Leg& leg : legs) {
    Person& owner = holder(household, leg.owner);
    if (leg.bucket == Bucket::kCurrentYear)
      owner.add_current_year({leg.year, leg.amount});
    else
      owner.carryover += leg.amount;
    use_quota(household, leg, -leg.amount);
  }
}

// What a closed account cannot take waits here; the link it came from is refilled all the same.
void keep(Household& household, const std::vector<Leg>& legs, Sequence original, OrderId order) {
  for (const Leg& leg : legs) {
    household.suspense.push_back({leg.owner, leg.amount, original, order});
    use_quota(household, leg, -leg.amount);
  }
}

class Apply {
 public:
  explicit Apply(Household& state) : household(state) {}

  void operator()(const Settled& event) const {
    take(household, event.own);
    take(household, event.family);
    Person& patient = holder(household, event.patient);
    if (event.taken_by_year.empty()) patient.take_current_year({0, event.current_year_taken});
    for (const YearMoney& part : event.taken_by_year) patient.take_current_year(part);
  }
  void operator()(const SettlementReversed& event) const {
    give_back(household, event.returned);
    keep(household, event.suspense, event.original, {});
    household.reversals.push_back({event.original, event.kind, event.patient});
  }
  void operator()(const SettlementReapplied& event) const {
    take(household, event.taken);
    std::erase_if(household.reversals,
                  [&](const ReversalMark& mark) { return mark.original == event.original; });
  }
  void operator()(const PersonEnrolled& event) const { household.persons.push_back(event.person); }
  void operator()(const PersonDetailsChanged& event) const {
    Person& person = holder(household, event.person.id);
    Person before = std::move(person);
    person = event.person;
    person.current_year = before.current_year;
    person.carryover = before.carryover;
    person.year_money = std::move(before.year_money);
    person.rolled_year = before.rolled_year;
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
    std::vector<PersonId> leaving;
    for (const Person& person : event.contents.persons) leaving.push_back(person.id);
    (void)extract(household, leaving);
    if (household.persons.empty()) household.moved_to = event.to;
  }
  void operator()(const ContentsArrived& event) const {
    const auto append = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(household.persons, event.contents.persons);
    append(household.networks, event.contents.networks);
    append(household.reversals, event.contents.reversals);
    append(household.contributions, event.contents.contributions);
    append(household.suspense, event.contents.suspense);
    append(household.reviews, event.contents.reviews);
  }
  void operator()(const RelationCorrected& event) const {
    if (Link* link = household.link(event.link)) link->relation = event.relation;
  }
  void operator()(const AccountCredited& event) const {
    Person& person = holder(household, event.person);
    if (event.bucket == Bucket::kCurrentYear)
      person.add_current_year({event.year, event.amount});
    else
      person.carryover += event.amount;
  }
  void operator()(const AccountDebited& event) const {
    Person& person = holder(household, event.person);
    if (event.bucket == Bucket::kCurrentYear)
      person.take_current_year({0, event.amount});
    else
      person.carryover -= event.amount;
  }
  void operator()(const YearRolled& event) const {
    Person& person = holder(household, event.person);
    person.roll(event.year);
    person.carryover += event.interest;
  }
  void operator()(const AccountTransferredOut& event) const {
    Person& person = holder(household, event.person);
    person.current_year = person.carryover = Fen{};
    person.year_money.clear();
    person.account_state = AccountState::kClosed;
  }
  void operator()(const ContributionOrdered& event) const { order(event.order); }
  void operator()(const ContributionAnswered& event) const {
    set_status(event.order,
               event.accepted ? ContributionStatus::kConfirmed : ContributionStatus::kRefused);
  }
  void operator()(const ContributionInsured& event) const {
    if (Contribution* known = household.contribution(event.order)) known->awaits_insurer = false;
  }
  void operator()(const ContributionReversed& event) const {
    give_back(household, event.returned);
    keep(household, event.suspense, {}, event.order);
    set_status(event.order, ContributionStatus::kReversed);
    (*this)(ContributionInsured{event.order});  // nothing more to wait for
  }
  void operator()(const ReviewMarked& event) const {
    std::erase_if(household.reviews, [&](const Review& review) {
      return review.settlement == event.review.settlement && review.link == event.review.link;
    });
    if (event.under_review) household.reviews.push_back(event.review);
  }

 private:
  // A new order takes the place of the unpaid one for the same thing.
  void order(const Contribution& placed) const {
    take(household, placed.legs);
    std::erase_if(household.contributions, [&](const Contribution& other) {
      return other.status != ContributionStatus::kPaid && other.person == placed.person &&
             other.purpose == placed.purpose && other.product == placed.product &&
             other.year == placed.year;
    });
    household.contributions.push_back(placed);
    ++household.orders_made;
  }
  void set_status(OrderId id, ContributionStatus status) const {
    if (Contribution* known = household.contribution(id)) known->status = status;
  }

  Household& household;
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
