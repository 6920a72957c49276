#include "app/gongjictl/replay_text.hpp"

#include "app/gongjictl/audit_names.hpp"
#include "app/gongjictl/event_view.hpp"
#include "app/gongjictl/journal_text.hpp"
#include "app/gongjictl/table.hpp"
#include "loadtest/client/progress_line.hpp"

namespace gongji::ctl {
namespace {

std::string ground_text(Ground ground) {
  switch (ground) {
    case Ground::kHousehold: return "";
    case Ground::kHouseholds: return ", looking at several households";
    case Ground::kKeys: return ", answered from other messages";
  }
  return "";
}

// Two outcomes may read alike and yet differ in a flag or a detail.
std::string would_be_text(const Replayed& replayed) {
  const std::string was = outcome_text(replayed.record.outcome);
  const std::string again = outcome_text(replayed.again);
  return was == again ? again + " (other flags or details)" : again;
}

std::string signed_yuan(Fen amount) {
  return (amount.is_positive() ? "+" : "") + to_yuan_text(amount);
}

std::string changes_table(const ReplayResult& result) {
  Table table{{"was", "would be", "decisions", "family was", "family would be", "difference"}};
  for (const std::size_t column : {2u, 3u, 4u, 5u}) table.right_align(column);
  for (const auto& [words, change] : result.changes)
    table.add({words.first, words.second, loadtest::with_thousands(change.decisions),
               to_yuan_text(change.family_was), to_yuan_text(change.family_would_be),
               signed_yuan(change.family_would_be - change.family_was)});
  return result.changes.empty() ? "" : table.text() + "\n";
}

std::string misses_text(const ReplayResult& result) {
  std::string text;
  for (const ProfileMiss& miss : result.misses)
    text += "Profile " + miss.journaled.id + " with hash " + miss.journaled.hash + " decided " +
            loadtest::with_thousands(miss.decisions) + " of them; " +
            (miss.hash_here.empty() ? "the policies have no such profile here"
                                    : "the policies have it with hash " + miss.hash_here) +
            ": this replay cannot be exact.\n";
  return text;
}

std::string verdict(const ReplayResult& result) {
  if (result.different > 0)
    return loadtest::with_thousands(result.different) + " came out differently.\n";
  return result.misses.empty() ? "All came out as recorded.\n"
                               : "All came out as recorded, under other texts of their profiles.\n";
}

std::string proposed_verdict(const ReplayResult& result) {
  return loadtest::with_thousands(result.different) +
         " would come out differently.\nFamily money: " + to_yuan_text(result.family_was) +
         " was paid, " + to_yuan_text(result.family_would_be) + " would be, difference " +
         signed_yuan(result.family_would_be - result.family_was) +
         " yuan.\nEach decision was taken again by itself, on the books as they were.\n";
}

std::string links_of(const Household& household, const PersonId& person) {
  std::string text;
  for (const FundView& fund : funds_of(household, person))
    text += (text.empty() ? "" : ", ") + fund.organiser->id.text() +
            (fund.link->quota ? " (quota left " + to_yuan_text(fund.link->quota_left) + ")" : "");
  return text;
}

}  // namespace

std::string replayed_text(const Replayed& replayed, bool proposed) {
  const JournalRecord& record = replayed.record;
  const std::string line = record_line(record) + "  [" + record.profile.id + "]";
  if (proposed)
    return line +
           (replayed.same ? "  the same\n" : "\n    would be: " + would_be_text(replayed) + "\n");
  if (!replayed.same)
    return line + "\n    COMES OUT DIFFERENTLY: " + would_be_text(replayed) + "\n";
  return line + "  as recorded" + ground_text(replayed.ground) +
         (replayed.exact ? "" : ", but by another text of the profile") + "\n";
}

std::string replay_summary(const ReplayResult& result, bool proposed) {
  std::string text = changes_table(result);
  text += loadtest::with_thousands(result.decisions) + " decisions taken again up to " +
          name(result.last) + "; ";
  text += proposed ? proposed_verdict(result) : verdict(result);
  if (result.by_keys > 0)
    text += loadtest::with_thousands(result.by_keys) +
            " of them were answered from other messages, not by a rule.\n";
  if (!proposed) text += misses_text(result);
  if (!result.damage.empty())
    text += "It ended there: " + result.damage + ". Let gongjictl audit look at the store.\n";
  return text;
}

std::string household_text(const Household& household, const PersonId& person, Sequence after) {
  if (household.find(person) == nullptr)
    return "\nAfter " + name(after) + " " + person.text() + " is on the way from household " +
           std::to_string(household.id.number()) + " to another one.\n";
  Table table{{"person", "current year", "carry-over", "waiting", "may use the account of"}};
  for (const std::size_t column : {1u, 2u, 3u}) table.right_align(column);
  for (const Person& each : household.persons) {
    Fen waiting;
    for (const SuspenseEntry& entry : household.suspense)
      if (entry.owner == each.id) waiting += entry.amount;
    table.add({each.id.text(), to_yuan_text(each.current_year), to_yuan_text(each.carryover),
               waiting.is_zero() ? "" : to_yuan_text(waiting), links_of(household, each.id)});
  }
  return "\nHousehold " + std::to_string(household.id.number()) + " after " + name(after) + ":\n" +
         table.text();
}

}  // namespace gongji::ctl
