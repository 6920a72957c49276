#include "app/gongjictl/audit_moves.hpp"

#include <algorithm>

#include "app/gongjictl/audit_names.hpp"

namespace gongji::ctl {
namespace {

// A part may leave only along the seams: nobody who stays is linked with somebody who goes.
std::string cut_link(const Household& household, const std::vector<PersonId>& leaving) {
  const auto leaves = [&](const PersonId& id) {
    return std::find(leaving.begin(), leaving.end(), id) != leaving.end();
  };
  for (const Network& network : household.networks)
    for (const Link& link : network.links)
      if (leaves(network.organiser) != leaves(link.member))
        return "leaves the link of " + link.member.text() + " to " + network.organiser.text() +
               " between two households";
  return {};
}

}  // namespace

void MoveCheck::check(const Household& before, const JournalRecord& record, AuditTotals& totals,
                      ProblemList& problems) {
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) return;
  for (const Event& event : *events) {
    if (const auto* enrolled = std::get_if<PersonEnrolled>(&event))
      enrol(record, enrolled->person, problems);
    if (const auto* departed = std::get_if<HouseholdDeparted>(&event))
      depart(before, record, *departed, problems);
    if (const auto* arrived = std::get_if<ContentsArrived>(&event)) {
      arrive(record, *arrived, problems);
      ++totals.moves;
    }
  }
}

void MoveCheck::see(const JournalRecord& record) {
  if (!std::holds_alternative<ArriveCommand>(record.command))
    served_ = std::max(served_, record.epoch);
}

void MoveCheck::enrol(const JournalRecord& record, const Person& person, ProblemList& problems) {
  const auto [home, fresh] = homes_.emplace(person.id, record.household);
  if (!fresh)
    problems.add("person " + person.id.text() + " lives in " + name(home->second) + " and in " +
                 name(record.household));
}

void MoveCheck::depart(const Household& before, const JournalRecord& record,
                       const HouseholdDeparted& event, ProblemList& problems) {
  std::vector<PersonId> leaving;
  for (const Person& person : event.contents.persons) {
    leaving.push_back(person.id);
    homes_[person.id] = HouseholdId{};
  }
  if (const std::string cut = cut_link(before, leaving); !cut.empty())
    problems.add(name(record) + " " + cut);
  Household rest = before;
  const Household part = extract(rest, leaving);
  if (event.contents != (rest.persons.empty() ? before : part))
    problems.add(name(record) + ": what leaves " + name(record.household) + " is not what it had");
  open_[record.sequence] = {record.household, event.to, event.contents, record.epoch};
}

void MoveCheck::arrive(const JournalRecord& record, const ContentsArrived& event,
                       ProblemList& problems) {
  const auto open = open_.find(event.departed);
  if (open == open_.end()) {
    problems.add(name(record) + ": what " + name(event.departed) + " sent from " +
                 name(event.contents.id) + " arrives without having left");
    return settle_in(record, event, problems);
  }
  const OpenMove& move = open->second;
  if (move.to != record.household)
    problems.add(name(record) + ": " + name(move.from) + " left for " + name(move.to) +
                 " and arrives in " + name(record.household));
  if (move.contents != event.contents)
    problems.add(name(record) + ": " + name(move.from) + " left with " +
                 to_yuan_text(move.contents.total()) + " yuan and arrives with " +
                 to_yuan_text(event.contents.total()) + ", or with other contents");
  open_.erase(open);
  settle_in(record, event, problems);
}

void MoveCheck::settle_in(const JournalRecord& record, const ContentsArrived& event,
                          ProblemList& problems) {
  for (const Person& person : event.contents.persons) {
    HouseholdId& home = homes_[person.id];
    if (!home.is_none())
      problems.add("person " + person.id.text() + " lives in " + name(home) + " and in " +
                   name(record.household));
    home = record.household;
  }
}

void MoveCheck::finish(AuditTotals& totals, ProblemList& problems) {
  for (const auto& [departed, move] : open_) {
    totals.in_transit += move.contents.total();
    if (move.epoch < served_)
      problems.add(name(departed) + ": " + name(move.from) + " left for " + name(move.to) +
                   " with " + to_yuan_text(move.contents.total()) + " yuan and never arrived");
  }
}

}  // namespace gongji::ctl
