#include "domain/transactions/persons.hpp"

namespace gongji {

Decision decide_enrol(const Household& household, const EnrolCommand& command) {
  const Person* known = household.find(command.person.id);
  if (known == nullptr) return Events{PersonEnrolled{command.person}};
  Person updated = command.person;  // importing again never resets a balance
  updated.current_year = known->current_year;
  updated.carryover = known->carryover;
  if (updated == *known) return Events{};
  Events events{PersonDetailsChanged{updated}};
  // A closed account ends the network it fed; a frozen one keeps it.
  const bool closed = updated.account_state == AccountState::kClosed;
  if (closed && household.network_of(updated.id) != nullptr)
    events.emplace_back(NetworkDisbanded{updated.id});
  return events;
}

Decision decide_depart(const Household& household, const DepartCommand& command) {
  if (household.moved_to == command.to) return Events{};
  if (!household.moved_to.is_none() || command.to == household.id)
    return Refusal{Reason::kForbidden, "household already moved", {}, {}};
  return Events{HouseholdDeparted{command.to, household}};
}

Decision decide_arrive(const Household& household, const ArriveCommand& command) {
  // Who arrived here has gone on with it since; here again, his money would be there twice.
  if (!household.moved_to.is_none())
    return Refusal{Reason::kForbidden, "household already moved", {}, {}};
  for (const Person& person : command.contents.persons)
    if (household.find(person.id) != nullptr) return Events{};
  return Events{ContentsArrived{command.contents}};
}

}  // namespace gongji
