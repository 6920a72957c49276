// The journal as reconciliation sees it: an institution's day from the index's postings, single
// records from the store. Has no thread of its own: whoever asks waits.
#pragma once

#include "actors/journal_writer.hpp"
#include "ports/day_book.hpp"
#include "ports/posting_index.hpp"

namespace gongji::actors {

class DayArchive final : public DayBook {
 public:
  // All outlive it.
  DayArchive(const JournalStore& store, const PostingIndex& index, const JournalWriter& journal)
      : store_(store), index_(index), journal_(journal) {}

  Result<InstitutionDay, StoreError> read(const InstitutionCode& institution,
                                          CivilDate date) const override;
  Result<RecordPtr, StoreError> find(Sequence sequence) const override;

 private:
  [[nodiscard]] Status<StoreError> add_fates(const InstitutionCode& institution,
                                             InstitutionDay& day) const;

  const JournalStore& store_;
  const PostingIndex& index_;
  const JournalWriter& journal_;
};

}  // namespace gongji::actors
