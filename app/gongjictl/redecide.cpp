#include "app/gongjictl/redecide.hpp"

#include <algorithm>

#include "app/gongjictl/audit_names.hpp"
#include "domain/transactions/reverse.hpp"

namespace gongji::ctl {
namespace {

// The earlier record a command speaks of; none for most.
Sequence spoken_of(const Command& command) {
  if (const auto* reverse = std::get_if<ReverseCommand>(&command)) return reverse->original;
  if (const auto* reapply = std::get_if<ReapplyCommand>(&command)) return reapply->original;
  if (const auto* refund = std::get_if<PartialRefundCommand>(&command)) return refund->original;
  if (const auto* tax = std::get_if<AnswerTaxCommand>(&command)) return tax->contribution;
  if (const auto* insurer = std::get_if<AnswerInsurerCommand>(&command))
    return insurer->contribution;
  return {};
}

bool gives_back(const Command& command) {
  return std::holds_alternative<ReverseCommand>(command) ||
         std::holds_alternative<ReapplyCommand>(command) ||
         std::holds_alternative<PartialRefundCommand>(command);
}

// Who must be looked at together with the household that decides.
std::vector<PersonId> gathered(const Command& command, const RecordPtr& original) {
  std::vector<PersonId> persons;
  if (const auto* form = std::get_if<FormNetworkCommand>(&command))
    for (const NewMember& member : form->members) persons.push_back(member.id);
  if (const auto* bind = std::get_if<BindCommand>(&command)) persons = {bind->member.id};
  if (const auto* rebind = std::get_if<RebindCommand>(&command)) persons = {rebind->member.id};
  if (gives_back(command) && original != nullptr) persons = owners_in(*original);
  return persons;
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

Household united(Household into, const Household& other) {
  append(into.persons, other.persons);
  append(into.networks, other.networks);
  append(into.reversals, other.reversals);
  append(into.contributions, other.contributions);
  append(into.suspense, other.suspense);
  append(into.reviews, other.reviews);
  return into;
}

// Other households than `home`, each once.
std::vector<HouseholdId> elsewhere(const std::vector<PersonId>& persons, HouseholdId home,
                                   const Books& books) {
  std::vector<HouseholdId> others;
  for (const PersonId& person : persons) {
    const auto lives_in = books.home_of(person);
    const bool known = std::find(others.begin(), others.end(), lives_in) != others.end();
    if (lives_in && *lives_in != home && !known) others.push_back(*lives_in);
  }
  return others;
}

// Decided by what other messages did, before any household was asked.
std::optional<Outcome> by_keys(const JournalRecord& record, const Command& command,
                               const Books& books) {
  const bool repeats = record.household.is_none() && !record.previous.is_none();
  if (repeats) return record.outcome;  // a business fact told again
  const Refusal* refusal = record.refusal();
  if (refusal == nullptr) return {};
  const auto* contribute = std::get_if<ContributeCommand>(&command);
  if (contribute != nullptr && refusal->reason == Reason::kAlreadyPaid &&
      books.paid_anywhere(*contribute))
    return Outcome{Refusal{Reason::kAlreadyPaid, "", {}, {}}};
  const bool settled_anew = std::holds_alternative<ReapplyCommand>(command) &&
                            refusal->reason == Reason::kPossibleDuplicate;
  return settled_anew ? std::optional{record.outcome} : std::nullopt;
}

// Giving money back to somebody who is not there would end the process.
std::string missing_owner(const Household& state, const Command& command,
                          const RecordPtr& original) {
  if (!gives_back(command) || original == nullptr) return {};
  for (const PersonId& owner : owners_in(*original))
    if (state.find(owner) == nullptr) return owner.text();
  return {};
}

}  // namespace

Result<RecordPtr, std::string> Redecider::original_of(const Command& command) const {
  const Sequence sequence = spoken_of(command);
  if (sequence.is_none() || sequence > journal_.head().durable) return RecordPtr{};
  auto read = journal_.read(sequence);
  if (!read) return read.error().message;
  return std::move(read).value();
}

Result<Redecision, std::string> Redecider::decide_again(const JournalRecord& record,
                                                        const Command& command,
                                                        const ProfileBook& profiles) const {
  if (auto known = by_keys(record, command, books_))
    return Redecision{std::move(*known), Ground::kKeys};
  auto original = original_of(command);
  if (!original) return original.error();
  const auto others = elsewhere(gathered(command, *original), record.household, books_);
  Household joint;
  if (!others.empty()) {
    joint = books_.household(record.household);
    for (const HouseholdId other : others)
      joint = united(std::move(joint), books_.household(other));
  }
  const Household& state = others.empty() ? books_.household(record.household) : joint;
  if (const std::string owner = missing_owner(state, command, *original); !owner.empty())
    return name(record) + " gives money back to " + owner + ", who lives nowhere";
  Decision decision = decide(state, command, Context{record.at, profiles, *original});
  Redecision again{Events{}, others.empty() ? Ground::kHousehold : Ground::kHouseholds};
  if (decision)
    again.outcome = std::move(decision).value();
  else
    again.outcome = std::move(decision).error();
  return again;
}

}  // namespace gongji::ctl
