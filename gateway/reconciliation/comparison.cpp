#include "gateway/reconciliation/comparison.hpp"

#include <algorithm>

#include "gateway/wire/record_ids.hpp"

namespace gongji::gateway::reconciliation {
namespace {

constexpr std::size_t kStopAskedEvery = 1024;  // lines

CivilDate date_of(std::uint32_t day) {
  return CivilDate{std::chrono::sys_days{std::chrono::days{day}}};
}

std::string setl_id_of(const LedgerLine& line) {
  return wire::make_setl_id(line.record, start_of(date_of(line.day)));
}

bool same_setl_id(const DetailLine& line, Sequence record, std::uint32_t day) {
  return line.setl_id == wire::make_setl_id(record, start_of(date_of(day)));
}

// The check tells nearly always; mdtrt_id is the one sent with the settlement, or ours.
bool same_person_and_visit(const DetailLine& line, const LedgerLine& ledger) {
  if (posting_check(line.psn_no, line.mdtrt_id) == ledger.check) return true;
  const Instant day = start_of(date_of(ledger.settlement_day));
  return posting_check(line.psn_no, "") == ledger.check &&
         line.mdtrt_id == wire::make_mdtrt_id(ledger.settlement, day);
}

std::string visit_of(const JournalRecord& settlement) {
  const SettleCommand& asked = *settlement.settle_command();
  return asked.visit_id.empty() ? wire::make_mdtrt_id(settlement.sequence, settlement.at)
                                : asked.visit_id;
}

std::string both(std::string_view name, const std::string& centre, const std::string& institution) {
  return std::string{name} + " 中心" + centre + " 机构" + institution + "；";
}

std::string different_amounts(const DetailLine& line, const LedgerLine& ledger) {
  const struct {
    std::string_view name;
    Fen centre;
    Fen institution;
  } kAmounts[] = {{"医疗费总额", ledger.total, line.total},
                  {"基金支付", ledger.pooled, line.pooled},
                  {"账户支付", ledger.account, line.account}};
  std::string memo;
  for (const auto& [name, centre, institution] : kAmounts)
    if (centre != institution) memo += both(name, to_yuan_text(centre), to_yuan_text(institution));
  return memo;
}

std::string different_fields(const DetailLine& line, const ResultLine& centre) {
  std::string memo;
  if (line.refund != centre.refund)
    memo += both("退费标志", centre.refund ? "1" : "0", line.refund ? "1" : "0");
  if (line.psn_no != centre.psn_no)
    memo += both("人员编号", centre.psn_no, std::string{line.psn_no});
  if (line.mdtrt_id != centre.mdtrt_id)
    memo += both("就诊ID", centre.mdtrt_id, std::string{line.mdtrt_id});
  return memo;
}

}  // namespace

Comparison::Comparison(const InstitutionCode& institution, const LedgerLines& ledger,
                       const Selection& selection, FindRecord find, OnDifference on_difference)
    : institution_(institution),
      ledger_(ledger),
      find_(std::move(find)),
      on_difference_(std::move(on_difference)),
      in_file_(ledger.lines.size()) {
  for (const PostingGroup& group : ledger.groups) taken_.push_back(selection.takes(group));
  for (std::size_t i = 0; i < ledger.lines.size(); ++i)
    if (ledger.lines[i].refund) refunds_.emplace_back(ledger.lines[i].settlement, i);
  std::sort(refunds_.begin(), refunds_.end());
}

Status<StoreError> Comparison::take(const DetailLine& line, std::uint64_t number) {
  const LedgerLine* ledger = find_line(line);
  if (ledger == nullptr || !taken_[ledger->group]) return institution_has_more(line, "");
  std::uint64_t& first = line_number(*ledger);
  if (first != 0)
    return institution_has_more(line, "重复，与第" + std::to_string(first) + "行相同");
  first = number;
  return compare(line, *ledger);
}

// A cancel is told by its own setl_id or by its settlement's with the refund flag. The record of a
// partial refund bears two lines; the flag chooses.
const LedgerLine* Comparison::find_line(const DetailLine& line) const {
  const auto sequence = wire::sequence_of_setl_id(line.setl_id);
  if (!sequence) return nullptr;
  const auto& lines = ledger_.lines;
  const LedgerLine* found = nullptr;
  auto at = std::lower_bound(
      lines.begin(), lines.end(), *sequence,
      [](const LedgerLine& each, Sequence wanted) { return each.record < wanted; });
  for (; at != lines.end() && at->record == *sequence; ++at)
    if (found == nullptr || at->refund == line.refund) found = &*at;
  const LedgerLine* refund =
      line.refund && (found == nullptr || !found->refund) ? find_refund_of(*sequence) : nullptr;
  if (refund != nullptr && same_setl_id(line, *sequence, refund->settlement_day)) return refund;
  return found != nullptr && same_setl_id(line, *sequence, found->day) ? found : nullptr;
}

const LedgerLine* Comparison::find_refund_of(Sequence settlement) const {
  const auto found =
      std::lower_bound(refunds_.begin(), refunds_.end(), std::pair{settlement, std::size_t{0}});
  if (found == refunds_.end() || found->first != settlement) return nullptr;
  return &ledger_.lines[found->second];
}

std::uint64_t& Comparison::line_number(const LedgerLine& line) {
  return in_file_[static_cast<std::size_t>(&line - ledger_.lines.data())];
}

Status<StoreError> Comparison::compare(const DetailLine& line, const LedgerLine& ledger) {
  std::string memo = different_amounts(line, ledger);
  const bool amounts = !memo.empty();
  const bool fields = line.refund != ledger.refund || !same_person_and_visit(line, ledger);
  if (!amounts && !fields) return Done{};
  auto shown = centre_line(ledger);
  if (!shown) return std::move(shown).error();
  memo += different_fields(line, *shown);
  if (memo.empty()) return Done{};  // the record says it is the same after all
  ++(amounts ? differences_.amounts_differ : differences_.fields_differ);
  shown->verdict = Verdict::kDiffers;
  shown->memo = memo.substr(0, memo.rfind("；"));
  on_difference_(*shown);
  return Done{};
}

Status<StoreError> Comparison::institution_has_more(const DetailLine& line, std::string memo) {
  ++differences_.institution_more;
  ResultLine shown{std::string{line.psn_no},
                   std::string{line.mdtrt_id},
                   std::string{line.setl_id},
                   "",
                   Verdict::kInstitutionMore,
                   line.refund,
                   std::move(memo),
                   line.total,
                   line.pooled,
                   line.account};
  const auto sequence = wire::sequence_of_setl_id(line.setl_id);
  const auto record = own_settlement(sequence.value_or(Sequence{}));
  if (!record) return record.error();
  const bool ours = *record != nullptr && same_setl_id(line, *sequence, day_bucket((*record)->at));
  if (ours) shown.msgid = (*record)->origin.key.msgid;
  if (shown.memo.empty()) shown.memo = why_not(line, ours ? record->get() : nullptr);
  on_difference_(shown);
  return Done{};
}

std::string Comparison::why_not(const DetailLine& line, const JournalRecord* record) const {
  if (record == nullptr) return "机构多";
  const auto gone = ledger_.gone.find(record->sequence.number());
  if (gone != ledger_.gone.end())
    return gone->second == PostingKind::kUndone ? "中心已冲正" : "中心已撤销";
  if (record->settle_command() == nullptr) return "中心为撤销记录";
  if (line.refund) return "中心无此退费";
  return "不在本次对账范围，结算时间" + to_civil_text(record->at);
}

// Null when it is not this institution's: nobody learns whether another has it.
Result<RecordPtr, StoreError> Comparison::own_settlement(Sequence sequence) const {
  if (sequence.is_none()) return RecordPtr{};
  auto record = find_(sequence);
  if (!record || *record == nullptr) return record;
  const InstitutionCode* whose = postings_of(**record).institution;
  return whose != nullptr && *whose == institution_ ? record
                                                    : Result<RecordPtr, StoreError>{RecordPtr{}};
}

// Person, visit and amounts are the settlement's, ids and message the line's own.
Result<ResultLine, StoreError> Comparison::centre_line(const LedgerLine& ledger) const {
  const auto record = find_(ledger.record);
  if (!record) return record.error();
  const auto settlement = ledger.refund ? find_(ledger.settlement) : record;
  if (!settlement) return settlement.error();
  const bool whole =
      *record != nullptr && *settlement != nullptr && (*settlement)->settle_command() != nullptr;
  if (!whole) return StoreError{"the record of a posting is no settlement"};
  return ResultLine{(*settlement)->settle_command()->patient.text(),
                    visit_of(**settlement),
                    setl_id_of(ledger),
                    (*record)->origin.key.msgid,
                    Verdict::kCentreMore,
                    ledger.refund,
                    std::string{to_words(Verdict::kCentreMore)},
                    ledger.total,
                    ledger.pooled,
                    ledger.account};
}

Status<StoreError> Comparison::finish(const std::atomic<bool>& stop) {
  for (std::size_t i = 0; i < ledger_.lines.size(); ++i) {
    if (i % kStopAskedEvery == 0 && stop) return Done{};
    if (in_file_[i] != 0 || !taken_[ledger_.lines[i].group]) continue;
    const auto shown = centre_line(ledger_.lines[i]);
    if (!shown) return shown.error();
    ++differences_.centre_more;
    on_difference_(*shown);
  }
  return Done{};
}

}  // namespace gongji::gateway::reconciliation
