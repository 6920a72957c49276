// A recorded decision taken once more: the same command at the same time on the books as they stood
// before it. Nothing is posted.
#pragma once

#include <string>

#include "app/gongjictl/books.hpp"
#include "domain/decide.hpp"
#include "ports/journal_store.hpp"

namespace gongji::ctl {

// What the answer was found in.
enum class Ground {
  kHousehold,   // the household alone, as nearly always
  kHouseholds,  // several together: the command was refused before they moved together
  kKeys,        // what other messages did before, which no household knows: taken as recorded
};

struct Redecision {
  Outcome outcome;
  Ground ground = Ground::kHousehold;
};

class Redecider {
 public:
  Redecider(const JournalStore& journal, const Books& books) : journal_(journal), books_(books) {}

  // `command` = the record's, or a changed one. The error is a sentence: it cannot be decided.
  [[nodiscard]] Result<Redecision, std::string> decide_again(const JournalRecord& record,
                                                             const Command& command,
                                                             const ProfileBook& profiles) const;

 private:
  [[nodiscard]] Result<RecordPtr, std::string> original_of(const Command& command) const;

  const JournalStore& journal_;
  const Books& books_;
};

}  // namespace gongji::ctl
