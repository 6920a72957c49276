// Reads a whole journal again, as an auditor who believes nothing: folds every household, follows
// the contents of moves, adds up the money and looks at every key.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ports/journal_store.hpp"

namespace gongji::actors::test {

struct JournalAudit {
  std::map<HouseholdId, HouseholdImage> households;
  std::map<PersonId, Person> persons;     // each found in exactly one household
  std::map<MessageKey, RecordPtr> first;  // the record of each message
  std::vector<std::string> complaints;    // none when the journal is sound
  Fen expected;                           // what all accounts must hold together
};

JournalAudit audit(const JournalStore& store);
// One complaint a line, the first ten.
std::string text_of(const std::vector<std::string>& complaints);

}  // namespace gongji::actors::test
