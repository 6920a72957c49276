#include "domain/household.hpp"

#include <algorithm>

namespace gongji {
namespace {

template <class Range, class Predicate>
auto* find_in(Range& range, Predicate matches) {
  const auto found = std::find_if(range.begin(), range.end(), matches);
  return found == range.end() ? nullptr : &*found;
}

}  // namespace

const Person* Household::find(const PersonId& wanted) const {
  return find_in(persons, [&](const Person& person) { return person.id == wanted; });
}
Person* Household::find(const PersonId& wanted) {
  return find_in(persons, [&](const Person& person) { return person.id == wanted; });
}
const Network* Household::network_of(const PersonId& organiser) const {
  return find_in(networks, [&](const Network& network) { return network.organiser == organiser; });
}
Network* Household::network_of(const PersonId& organiser) {
  return find_in(networks, [&](const Network& network) { return network.organiser == organiser; });
}
const ReversalMark* Household::reversal_of(Sequence original) const {
  return find_in(reversals, [&](const ReversalMark& mark) { return mark.original == original; });
}

Link* Household::link(LinkId wanted) {
  for (Network& network : networks)
    if (auto* found = find_in(network.links, [&](const Link& link) { return link.id == wanted; }))
      return found;
  return nullptr;
}

const Link* Household::link(LinkId wanted) const {
  return const_cast<Household*>(this)->link(wanted);  // the same search, nothing is changed
}
const Contribution* Household::contribution(OrderId wanted) const {
  return find_in(contributions, [&](const Contribution& order) { return order.id == wanted; });
}
Contribution* Household::contribution(OrderId wanted) {
  return find_in(contributions, [&](const Contribution& order) { return order.id == wanted; });
}

Fen sum_of(const std::vector<Leg>& legs) {
  Fen sum;
  for (const Leg& leg : legs) sum += leg.amount;
  return sum;
}

Fen Household::total() const {
  Fen sum;
  for (const SuspenseEntry& entry : suspense) sum += entry.amount;
  for (const Person& person : persons) sum += person.total();
  return sum;
}

std::vector<FundView> funds_of(const Household& household, const PersonId& member) {
  std::vector<FundView> funds;
  for (const Network& network : household.networks)
    for (const Link& link : network.links)
      if (link.member == member)
        funds.push_back({&network, &link, household.find(network.organiser)});
  if (funds.size() < 2) return funds;  // sorting takes memory, and nearly all have one at most
  std::stable_sort(funds.begin(), funds.end(), [](const FundView& a, const FundView& b) {
    return a.link->bound_at < b.link->bound_at;
  });
  return funds;
}

}  // namespace gongji
