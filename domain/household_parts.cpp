#include <algorithm>
#include <iterator>
#include <numeric>

#include "domain/household.hpp"

namespace gongji {
namespace {

// Union-find over the places of the persons.
class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t place) const {
    while (parent_[place] != place) place = parent_[place];
    return place;
  }
  void join(std::size_t one, std::size_t other) {
    const auto [low, high] = std::minmax({root(one), root(other)});
    parent_[high] = low;
  }

 private:
  std::vector<std::size_t> parent_;
};

std::size_t place_of(const Household& household, const PersonId& id) {
  return static_cast<std::size_t>(household.find(id) - household.persons.data());
}

template <class T, class Predicate>
std::vector<T> take_out(std::vector<T>& from, Predicate leaves) {
  const auto first_out =
      std::stable_partition(from.begin(), from.end(), [&](const T& item) { return !leaves(item); });
  std::vector<T> taken(std::make_move_iterator(first_out), std::make_move_iterator(from.end()));
  from.erase(first_out, from.end());
  return taken;
}

}  // namespace

std::vector<std::vector<PersonId>> components(const Household& household) {
  Groups groups{household.persons.size()};
  for (const Network& network : household.networks)
    for (const Link& link : network.links)
      groups.join(place_of(household, network.organiser), place_of(household, link.member));
  std::vector<std::vector<PersonId>> found;
  std::vector<std::size_t> roots;
  for (std::size_t place = 0; place < household.persons.size(); ++place) {
    const std::size_t root = groups.root(place);
    const auto known = std::find(roots.begin(), roots.end(), root);
    const auto index = static_cast<std::size_t>(known - roots.begin());
    if (known == roots.end()) roots.push_back(root), found.emplace_back();
    found[index].push_back(household.persons[place].id);
  }
  return found;
}

Household extract(Household& household, const std::vector<PersonId>& persons) {
  const auto leaves = [&](const PersonId& id) {
    return std::find(persons.begin(), persons.end(), id) != persons.end();
  };
  Household out;
  out.id = household.id;
  out.persons = take_out(household.persons, [&](const Person& p) { return leaves(p.id); });
  out.networks =
      take_out(household.networks, [&](const Network& n) { return leaves(n.organiser); });
  out.reversals =
      take_out(household.reversals, [&](const ReversalMark& m) { return leaves(m.patient); });
  out.contributions =
      take_out(household.contributions, [&](const Contribution& c) { return leaves(c.payer); });
  out.suspense =
      take_out(household.suspense, [&](const SuspenseEntry& entry) { return leaves(entry.owner); });
  out.reviews = take_out(household.reviews, [&](const Review& r) { return leaves(r.person); });
  return out;
}

}  // namespace gongji
