#include "domain/marks.hpp"

namespace gongji {
namespace {

void add_order(const JournalRecord& record, std::vector<MarkChange>& marks) {
  const auto* ordered = record.event<ContributionOrdered>();
  if (ordered == nullptr) return;
  if (ordered->order.status == ContributionStatus::kPending)
    marks.push_back({MarkKind::kTaxRequest, record.sequence});
  if (ordered->order.awaits_insurer) marks.push_back({MarkKind::kInsurerRequest, record.sequence});
}

void close_answered(const JournalRecord& record, std::vector<MarkChange>& marks) {
  if (const auto* tax = std::get_if<AnswerTaxCommand>(&record.command))
    marks.push_back({MarkKind::kTaxRequest, tax->contribution, false});
  if (const auto* insurer = std::get_if<AnswerInsurerCommand>(&record.command))
    marks.push_back({MarkKind::kInsurerRequest, insurer->contribution, false});
}

bool has_suspense(const JournalRecord& record) {
  const auto* settlement = record.event<SettlementReversed>();
  const auto* contribution = record.event<ContributionReversed>();
  return (settlement != nullptr && !settlement->suspense.empty()) ||
         (contribution != nullptr && !contribution->suspense.empty());
}

}  // namespace

std::vector<MarkChange> marks_of(const JournalRecord& record) {
  std::vector<MarkChange> marks;
  if (!record.applied()) return marks;
  add_order(record, marks);
  close_answered(record, marks);
  if (has_suspense(record)) marks.push_back({MarkKind::kSuspense, record.sequence});
  if (record.event<ReviewMarked>() != nullptr)
    marks.push_back({MarkKind::kReview, record.sequence});
  return marks;
}

}  // namespace gongji
