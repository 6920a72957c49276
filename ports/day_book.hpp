// What reconciliation reads of the journal: everything an institution did on a day and what became
// of it since, and single records where a difference must be named. What is answered is durable and
// includes all that was durable when it was asked.
//
// These calls wait for the disk: they are for threads that may, never for a loop.
#pragma once

#include <vector>

#include "domain/posting.hpp"
#include "domain/result.hpp"
#include "domain/time.hpp"
#include "ports/journal_store.hpp"

namespace gongji {

struct InstitutionDay {
  CivilDate date;
  Postings postings;  // of that day
  // What became of every settlement the day speaks of, and perhaps of others, up to now; of each
  // settlement in the order of the journal.
  std::vector<Posting> fates;
};

// Implementation: actors/day_archive.hpp, over any store. Any thread, several at once.
class DayBook {
 public:
  virtual ~DayBook() = default;
  // Some 15 bytes of disk and 70 of memory for each settlement of the day.
  virtual Result<InstitutionDay, StoreError> read(const InstitutionCode& institution,
                                                  CivilDate date) const = 0;
  // The record, or null when there is none.
  virtual Result<RecordPtr, StoreError> find(Sequence sequence) const = 0;
};

}  // namespace gongji
