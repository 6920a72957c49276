#include "domain/transactions/persons.hpp"

namespace gongji {

Decision decide_enrol(const Household& household, const EnrolCommand& command) {
  const Person* known = household.find(command.person.id);
  if (known == nullptr) return Events{PersonEnrolled{command.person}};
  Person updated = command.person;  // importing again never resets a balance
  updated.current_year = known->current_year;
  updated.carryover = known->carryover;
  if (updated == *known) return Events{};
  return Events{PersonDetailsChanged{updated}};
}

Decision decide_depart(const Household& household, const DepartCommand& command) {
  if (household.moved_to == command.to) return Events{};
  if (!household.moved_to.is_none() || command.to == household.id)
    return Refusal{Reason::kForbidden, "household already moved", {}, {}};
  return Events{HouseholdDeparted{command.to, household.total()}};
}

Decision decide_arrive(const Household& household, const ArriveCommand& command) {
  for (const Person& person : command.contents.persons)
    if (household.find(person.id) != nullptr) return Events{};
  return Events{ContentsArrived{command.contents}};
}

}  // namespace gongji
