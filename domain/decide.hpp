// Hop 5 of 8: decide. One pure function per transaction decides, evolve (domain/evolve.hpp) folds.
// No clock, no chance, no I/O: everything a decision may look at is in the three arguments, so the
// same journal always gives the same state. The rules stand in domain/transactions/, in rulebook
// order; the first that fails wins. Next hop: actors/journal_writer.hpp.
#pragma once

#include "domain/command.hpp"
#include "domain/event.hpp"
#include "domain/household.hpp"
#include "domain/profile.hpp"
#include "domain/record.hpp"
#include "domain/result.hpp"

namespace gongji {

// What the actor gathered before deciding.
struct Context {
  Instant at;  // GX-13: taken once, never before the household's last record
  const ProfileBook& profiles;
  RecordPtr original;  // reversals: the settlement's record, read from the journal
};

using Decision = Result<Events, Refusal>;

Decision decide(const Household& household, const Command& command, const Context& context);

// The profile that governs a person now: of the network he belongs to or organises, else of the
// place where he is insured.
const Profile& governing_profile(const Household& household, const PersonId& person,
                                 const Context& context);
// The person a command is about; his profile is the one journaled.
PersonId subject_of(const Command& command);
// In whose household the state is that tells whether what the record did still stands: the payer of
// a contribution, else the subject.
PersonId keeper_of(const JournalRecord& record);

}  // namespace gongji
