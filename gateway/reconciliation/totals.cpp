#include "gateway/reconciliation/totals.hpp"

#include <array>
#include <cstdlib>
#include <limits>
#include <map>
#include <tuple>

namespace gongji::gateway::reconciliation {
namespace {

Fen sum(Fen left, Fen right) {
  std::int64_t both = 0;
  if (!__builtin_add_overflow(left.count(), right.count(), &both)) return Fen{both};
  using Limits = std::numeric_limits<std::int64_t>;
  return Fen{left.is_negative() ? Limits::min() : Limits::max()};
}

Totals one(const LedgerLine& line) { return {1, line.total, line.pooled, line.account}; }

}  // namespace

std::string_view to_clr_type(Clearing clearing) {
  switch (clearing) {
    case Clearing::kOutpatient: return "11";
    case Clearing::kInpatient: return "21";
    case Clearing::kPharmacy: return "41";
  }
  std::abort();
}

bool Selection::takes(const PostingGroup& group) const {
  return (insutype.empty() || insutype == to_insutype(group.scheme)) &&
         (clr_type.empty() || clr_type == to_clr_type(group.clearing)) &&
         (setl_optins.empty() || setl_optins == group.area);
}

void Totals::add(const Totals& more) {
  count += more.count;
  total = sum(total, more.total);
  pooled = sum(pooled, more.pooled);
  account = sum(account, more.account);
}

Totals totals_of(const LedgerLines& ledger, const Selection& selection) {
  std::vector<bool> taken;
  for (const PostingGroup& group : ledger.groups) taken.push_back(selection.takes(group));
  Totals totals;
  for (const LedgerLine& line : ledger.lines)
    if (taken[line.group]) totals.add(one(line));
  return totals;
}

std::vector<GroupTotals> totals_by_group(const LedgerLines& ledger) {
  std::vector<Totals> by_place(ledger.groups.size());
  for (const LedgerLine& line : ledger.lines) by_place[line.group].add(one(line));
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, Totals> merged;
  for (std::size_t i = 0; i < by_place.size(); ++i) {
    const PostingGroup& group = ledger.groups[i];
    if (by_place[i].count == 0) continue;
    merged[{to_insutype(group.scheme), to_clr_type(group.clearing), group.area}].add(by_place[i]);
  }
  std::vector<GroupTotals> groups;
  for (const auto& [key, totals] : merged)
    groups.push_back({std::string{std::get<0>(key)}, std::string{std::get<1>(key)},
                      std::string{std::get<2>(key)}, totals});
  return groups;
}

Verdict compare(const Totals& centre, const Totals& institution) {
  if (centre.count > institution.count) return Verdict::kCentreMore;
  if (centre.count < institution.count) return Verdict::kInstitutionMore;
  return centre == institution ? Verdict::kBalanced : Verdict::kDiffers;
}

std::string_view to_stmt_rslt(Verdict verdict, bool six_digits) {
  constexpr std::array<std::string_view, 4> kSixDigits{"000000", "000101", "000102", "000103"};
  const std::string_view text = kSixDigits[static_cast<std::size_t>(verdict)];
  return six_digits ? text : text.substr(5);
}

std::string_view to_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::kBalanced: return "平";
    case Verdict::kCentreMore: return "中心多";
    case Verdict::kInstitutionMore: return "机构多";
    case Verdict::kDiffers: return "数据不符";
  }
  std::abort();
}

}  // namespace gongji::gateway::reconciliation
