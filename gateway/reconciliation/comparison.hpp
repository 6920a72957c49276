// Compares an institution's detail lines with the ledger's (3202). Lines are found by their
// setl_id; what differs is looked up in the journal, so that it can be named with its message id.
// Four kinds of difference:
//
//   centre more        a line of the ledger that is not in the file
//   institution more   a line of the file that is none of the ledger's: unknown, cancelled or
//   undone
//                      by now, of another day or kind, or there twice
//   amounts differ     medfee_sumamt, fund_pay_sumamt or acct_pay
//   fields differ      refund flag, person or visit
//
// In the file the last two are both 3 (data differ); the memo says which. One thread.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "gateway/reconciliation/detail_line.hpp"
#include "gateway/reconciliation/ledger_lines.hpp"

namespace gongji::gateway::reconciliation {

struct DifferenceCounts {
  std::uint64_t centre_more = 0;
  std::uint64_t institution_more = 0;
  std::uint64_t amounts_differ = 0;
  std::uint64_t fields_differ = 0;
  [[nodiscard]] std::uint64_t sum() const {
    return centre_more + institution_more + amounts_differ + fields_differ;
  }
  DifferenceCounts& operator+=(const DifferenceCounts& more) {
    centre_more += more.centre_more;
    institution_more += more.institution_more;
    amounts_differ += more.amounts_differ;
    fields_differ += more.fields_differ;
    return *this;
  }
  bool operator==(const DifferenceCounts&) const = default;
};

class Comparison {
 public:
  using OnDifference = std::function<void(const ResultLine&)>;
  // `ledger`, of the days that are compared, outlives this. Only lines the selection takes count.
  Comparison(const InstitutionCode& institution, const LedgerLines& ledger,
             const Selection& selection, FindRecord find, OnDifference on_difference);

  // One line of the file, in the file's order. An error means that the journal cannot be read.
  Status<StoreError> take(const DetailLine& line, std::uint64_t number);
  // After the last: what the file left out. Gives up, unfinished, when `stop` is set.
  Status<StoreError> finish(const std::atomic<bool>& stop);

  [[nodiscard]] const DifferenceCounts& differences() const { return differences_; }

 private:
  [[nodiscard]] const LedgerLine* find_line(const DetailLine& line) const;
  [[nodiscard]] const LedgerLine* find_refund_of(Sequence settlement) const;
  [[nodiscard]] std::uint64_t& line_number(const LedgerLine& line);
  Status<StoreError> compare(const DetailLine& line, const LedgerLine& ledger);
  Status<StoreError> institution_has_more(const DetailLine& line, std::string memo);
  [[nodiscard]] std::string why_not(const DetailLine& line, const JournalRecord* record) const;
  [[nodiscard]] Result<RecordPtr, StoreError> own_settlement(Sequence sequence) const;
  Result<ResultLine, StoreError> centre_line(const LedgerLine& ledger) const;

  const InstitutionCode institution_;
  const LedgerLines& ledger_;
  const FindRecord find_;
  const OnDifference on_difference_;
  std::vector<bool> taken_;             // by group
  std::vector<std::uint64_t> in_file_;  // by ledger line: the file's line number, 0 = none
  std::vector<std::pair<Sequence, std::size_t>> refunds_;  // by settlement, then ledger line
  DifferenceCounts differences_;
};

}  // namespace gongji::gateway::reconciliation
