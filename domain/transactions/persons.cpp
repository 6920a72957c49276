#include "domain/transactions/persons.hpp"

namespace gongji {
namespace {

// Opening current-year money belongs to the insurance year it comes in (SH-35).
Person dated(Person person, const Context& context) {
  const CivilDate day = civil_date(context.at);
  const Profile& profile = context.profiles.of_area(person.card.area, day);
  if (profile.has_year_roll && person.current_year.is_positive())
    person.year_money = {{profile.insurance_year(day), person.current_year}};
  return person;
}

}  // namespace

Decision decide_enrol(const Household& household, const EnrolCommand& command,
                      const Context& context) {
  const Person* known = household.find(command.person.id);
  if (known == nullptr) return Events{PersonEnrolled{dated(command.person, context)}};
  Person updated = command.person;  // importing again never resets a balance
  updated.current_year = known->current_year;
  updated.carryover = known->carryover;
  updated.year_money = known->year_money;
  updated.rolled_year = known->rolled_year;
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
  Household rest = household;
  if (command.persons.empty()) return Events{HouseholdDeparted{command.to, std::move(rest)}};
  Household leaving = extract(rest, command.persons);
  if (leaving.persons.empty()) return Events{};  // they left with the first one of these
  if (leaving.persons.size() != command.persons.size() || rest.persons.empty())
    return Refusal{Reason::kForbidden, "not who lives here now", {}, {}};
  return Events{HouseholdDeparted{command.to, std::move(leaving)}};
}

Decision decide_arrive(const Household& household, const ArriveCommand& command) {
  // Who arrived here has gone on with it since; here again, his money would be there twice.
  if (!household.moved_to.is_none())
    return Refusal{Reason::kForbidden, "household already moved", {}, {}};
  for (const Person& person : command.contents.persons)
    if (household.find(person.id) != nullptr) return Events{};
  return Events{ContentsArrived{command.contents, command.departed}};
}

}  // namespace gongji
