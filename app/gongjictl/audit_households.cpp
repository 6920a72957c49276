#include "app/gongjictl/audit_households.hpp"

#include <utility>

#include "app/gongjictl/audit_names.hpp"
#include "app/gongjictl/strangers.hpp"

namespace gongji::ctl {

void HouseholdCheck::check(const JournalRecord& record, AuditTotals& totals,
                           ProblemList& problems) {
  moves_.see(record);
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
  moves_.check(image.state, record, totals, problems);
  MoneyFlow flow;
  if (events != nullptr) {
    if (const std::string stranger = first_stranger(image.state, *events); !stranger.empty())
      return lose(record, stranger, problems);
    flow = money_flow(*events);
  }
  auto folded = fold(std::move(image), record);
  if (!folded) return lose(record, "does not fold: " + folded.error(), problems);
  image = std::move(*folded);
  if (image.state.total() - before != flow.change())
    problems.add(name(record) + ": the household's money changed by " +
                 to_yuan_text(image.state.total() - before) + ", its events say " +
                 to_yuan_text(flow.change()));
  totals.flow += flow;
}

void HouseholdCheck::lose(const JournalRecord& record, const std::string& why,
                          ProblemList& problems) {
  problems.add(name(record) + " " + why + "; its household is not followed further");
  lost_.insert(record.household);
  images_.erase(record.household);
}

void HouseholdCheck::finish(AuditTotals& totals, ProblemList& problems) {
  moves_.finish(totals, problems);
  for (const auto& [household, image] : images_) {
    if (image.state.moved_to.is_none()) ++totals.households;
    totals.persons += image.state.persons.size();
    for (const Person& person : image.state.persons)
      totals.in_buckets += person.current_year + person.carryover;
    for (const SuspenseEntry& entry : image.state.suspense) totals.in_suspense += entry.amount;
  }
}

}  // namespace gongji::ctl
