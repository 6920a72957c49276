// The days of all institutions, counted from the journal itself: reads every record from the first
// of the day to the journal's end, because a settlement may be taken back at any later time. Knows
// nothing of the index the gateway reconciles by, and so checks it.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "ports/day_book.hpp"

namespace gongji::ctl {

class DayScan {
 public:
  explicit DayScan(CivilDate date) : date_(date) {}

  void take(const JournalRecord& record);
  // Who did anything that day, in order.
  [[nodiscard]] std::vector<InstitutionCode> institutions() const;
  [[nodiscard]] InstitutionDay day_of(const InstitutionCode& institution) const;

 private:
  struct Seen {
    Postings postings;  // of the day
    std::vector<Posting> fates;
  };
  void add_settled(const RecordPosting& posting, Postings& to) const;

  CivilDate date_;
  std::map<InstitutionCode, Seen> seen_;
};

// Where reading for a day begins. The journal's order is that of time but for moments; one hour
// covers a clock that was set.
Result<Sequence, StoreError> first_of_day(const JournalStore& journal, CivilDate date);

using ScanProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;
Result<DayScan, StoreError> scan_day(const JournalStore& journal, CivilDate date,
                                     const ScanProgress& progress);

}  // namespace gongji::ctl
