// The lines of an institution's days as reconciliation counts them: what stands, and what became of
// the rest. Made from postings; pure but for the few records it must ask for.
//
// Net (the default): a settlement that is cancelled by now is no line, nor is its cancel. As two
// lines: the settlement is a line of its day and its negative a line of the cancel's day. Undone by
// 2601: no line in either reading. A cancel that was undone: the settlement is a line again
// (GX-14). A partial refund (GX-07) is a cancel and a settlement.
#pragma once

#include <functional>
#include <unordered_map>
#include <vector>

#include "ports/day_book.hpp"

namespace gongji::gateway::reconciliation {

struct LedgerLine {
  Sequence record;                   // the settlement's, or the cancel's: its setl_id
  Sequence settlement;               // what it speaks of: the record itself unless it is a refund
  std::uint32_t day = 0;             // of the record (day_bucket)
  std::uint32_t settlement_day = 0;  // of the settlement
  std::uint32_t group = 0;           // place in LedgerLines::groups
  std::uint32_t check = 0;           // of the settlement's person and visit
  bool refund = false;               // amounts are negative
  Fen total;                         // medfee_sumamt
  Fen pooled;                        // fund_pay_sumamt
  Fen account;                       // acct_pay, as the profile reads it
};

struct LedgerLines {
  std::vector<PostingGroup> groups;
  std::vector<LedgerLine> lines;  // by record, a refund before the settlement of the same record
  // Settlements of these days that are no line: kCancelled or kUndone.
  std::unordered_map<std::uint64_t, PostingKind> gone;
};

// How they are read: the institution's switch, and how each profile reads acct_pay.
struct LedgerReading {
  bool cancel_as_two_lines = false;
  std::function<bool(const std::string& profile)> acct_pay_includes_mulaid;
};

// Asked for settlements of other days that were cancelled on this one.
using FindRecord = std::function<Result<RecordPtr, StoreError>(Sequence)>;

// Adds the day's lines behind those of earlier days.
Status<StoreError> add_day(LedgerLines& to, const InstitutionDay& day, const LedgerReading& reading,
                           const FindRecord& find);

}  // namespace gongji::gateway::reconciliation
