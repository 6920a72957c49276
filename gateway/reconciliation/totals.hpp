// Totals of ledger lines, by what institutions reconcile by, and the verdict over an institution's
// own totals (3201).
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/reconciliation/ledger_lines.hpp"

namespace gongji::gateway::reconciliation {

std::string_view to_clr_type(Clearing clearing);  // "11"

// Which lines are meant. "" = any.
struct Selection {
  std::string insutype;
  std::string clr_type;
  std::string setl_optins;
  [[nodiscard]] bool takes(const PostingGroup& group) const;
};

// Sums stop at the largest amount there is instead of ending the process, as Fen would.
struct Totals {
  std::uint64_t count = 0;  // lines; a refund that is a line counts as one
  Fen total;                // medfee_sumamt
  Fen pooled;               // fund_pay_sumamt
  Fen account;              // acct_pay
  void add(const Totals& more);
  bool operator==(const Totals&) const = default;
};

Totals totals_of(const LedgerLines& ledger, const Selection& selection);

// By (insutype, clr_type, setl_optins), in that order; profiles are not told apart.
struct GroupTotals {
  std::string insutype;
  std::string clr_type;
  std::string setl_optins;
  Totals totals;
};
std::vector<GroupTotals> totals_by_group(const LedgerLines& ledger);

// Also what a line of the result file says of itself.
enum class Verdict : std::uint8_t {
  kBalanced = 0,
  kCentreMore = 1,
  kInstitutionMore = 2,
  kDiffers = 3,
};
// Counts decide first; equal counts with other sums differ.
Verdict compare(const Totals& centre, const Totals& institution);

// "1", or "000101" where the institution reads six digits.
std::string_view to_stmt_rslt(Verdict verdict, bool six_digits);
std::string_view to_words(Verdict verdict);  // "中心多"

}  // namespace gongji::gateway::reconciliation
