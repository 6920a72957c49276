// What one journal record means to the index; the same for every store. An index is nothing but
// these calls over the whole journal in order, later ones taking the place of earlier ones.
#pragma once

#include "domain/posting.hpp"
#include "domain/record.hpp"
#include "ports/journal_index.hpp"

namespace gongji::stores {

// Where the entries go. A store implements it once.
class IndexSink {
 public:
  virtual ~IndexSink() = default;
  virtual void key(const KeyHash& key, Sequence record) = 0;
  // Every key of this record leads to this person (JournalIndex::find_enrolled).
  virtual void enrolled(Sequence record, const PersonId& person) = 0;
  virtual void person(const PersonId& person, HouseholdId lives_in) = 0;
  virtual void newest(HouseholdId household, Sequence record) = 0;
  virtual void transfer_opened(const OpenTransfer& transfer) = 0;
  // By an arrival from there; `departed` = the record of its departure, or none.
  virtual void transfer_closed(HouseholdId from, Sequence departed) = 0;
  // Marks open with their own record and close once; a mark that is closed was perhaps never open.
  virtual void mark_opened(MarkKind kind, Sequence at) = 0;
  virtual void mark_closed(MarkKind kind, Sequence at) = 0;
  // One posting behind the others of its list; its views live as long as the record.
  virtual void posting(const PostingList& list, const RecordPosting& posting) = 0;
  // This id is taken; next_household() lies above it.
  virtual void household_used(HouseholdId household) = 0;
};

void index_record(const JournalRecord& record, IndexSink& sink);

}  // namespace gongji::stores
