#include "app/gongjictl/audit_households.hpp"

#include <string_view>
#include <utility>

#include "app/gongjictl/money_flow.hpp"

namespace gongji::ctl {
namespace {

std::string name(const JournalRecord& record) {
  return "record " + std::to_string(record.sequence.number());
}
std::string name(HouseholdId household) {
  return "household " + std::to_string(household.number());
}

bool any_negative(const JournalRecord& record) {
  for (const BalanceAfter& balance : record.balances)
    if (balance.current_year.is_negative() || balance.carryover.is_negative()) return true;
  return false;
}

}  // namespace

void HouseholdCheck::check(const JournalRecord& record, AuditTotals& totals,
                           ProblemList& problems) {
  if (record.household.is_none()) {
    // A tombstone: bars a message, touches nobody.
    const auto* events = std::get_if<Events>(&record.outcome);
    if (events != nullptr && !events->empty())
      problems.add(name(record) + " has events but no household");
    return;
  }
  if (lost_.contains(record.household)) return;
  fold_into(images_[record.household], record, totals, problems);
}

void HouseholdCheck::fold_into(HouseholdImage& image, const JournalRecord& record,
                               AuditTotals& totals, ProblemList& problems) {
  const auto* events = std::get_if<Events>(&record.outcome);
  const Fen before = image.state.total();
  MoneyFlow flow;
  if (events != nullptr) {
    if (const std::string stranger = first_stranger(image.state, *events); !stranger.empty())
      return lose(record, stranger, problems);
    check_move(image.state, record, totals, problems);
    flow = money_flow(*events);
  }
  auto folded = fold(std::move(image), record);
  if (!folded) return lose(record, "does not fold: " + folded.error(), problems);
  image = std::move(*folded);
  if (image.state.total() - before != flow.change())
    problems.add(name(record) + ": the household's money changed by " +
                 to_yuan_text(image.state.total() - before) + ", its events say " +
                 to_yuan_text(flow.change()));
  if (any_negative(record)) problems.add(name(record) + " leaves a balance below zero");
  totals.enrolled += flow.enrolled;
  totals.taken += flow.taken;
  totals.returned += flow.returned;
}

void HouseholdCheck::check_move(const Household& before, const JournalRecord& record,
                                AuditTotals& totals, ProblemList& problems) {
  if (const auto* event = record.event<HouseholdDeparted>())
    depart(before, record, *event, problems);
  if (const auto* event = record.event<ContentsArrived>()) arrive(record, *event, totals, problems);
}

void HouseholdCheck::depart(const Household& before, const JournalRecord& record,
                            const HouseholdDeparted& event, ProblemList& problems) {
  if (event.contents != before)
    problems.add(name(record) + ": what " + name(record.household) +
                 " takes along is not what it had");
  open_moves_[record.household] = {event.to, event.contents, record.sequence, record.epoch};
}

void HouseholdCheck::arrive(const JournalRecord& record, const ContentsArrived& event,
                            AuditTotals& totals, ProblemList& problems) {
  ++totals.moves;
  const auto open = open_moves_.find(event.contents.id);
  if (open == open_moves_.end()) {
    problems.add(name(record) + ": " + name(event.contents.id) + " arrives without having left");
    return;
  }
  if (open->second.to != record.household)
    problems.add(name(record) + ": " + name(event.contents.id) + " left for " +
                 name(open->second.to) + " and arrives in " + name(record.household));
  if (open->second.contents != event.contents)
    problems.add(name(record) + ": " + name(event.contents.id) + " left with " +
                 to_yuan_text(open->second.contents.total()) + " yuan and arrives with " +
                 to_yuan_text(event.contents.total()) + ", or with other contents");
  open_moves_.erase(open);
}

void HouseholdCheck::lose(const JournalRecord& record, const std::string& why,
                          ProblemList& problems) {
  problems.add(name(record) + " " + why + "; its household is not followed further");
  lost_.insert(record.household);
  images_.erase(record.household);
}

void HouseholdCheck::finish(Epoch epoch, AuditTotals& totals, ProblemList& problems) {
  for (const auto& [from, move] : open_moves_) {
    totals.in_transit += move.contents.total();
    if (move.epoch < epoch)
      problems.add("record " + std::to_string(move.departed.number()) + ": " + name(from) +
                   " left for " + name(move.to) + " with " + to_yuan_text(move.contents.total()) +
                   " yuan and never arrived");
  }
  std::unordered_map<std::string_view, HouseholdId> homes;
  for (const auto& [household, image] : images_) {
    if (image.state.moved_to.is_none()) ++totals.households;
    totals.in_buckets += image.state.total();
    for (const Person& person : image.state.persons) {
      ++totals.persons;
      const auto [home, fresh] = homes.emplace(person.id.text(), household);
      if (!fresh)
        problems.add("person " + person.id.text() + " lives in " + name(home->second) + " and in " +
                     name(household));
    }
  }
}

}  // namespace gongji::ctl
