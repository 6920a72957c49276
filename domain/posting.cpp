#include "domain/posting.hpp"

namespace gongji {
namespace {

Fen sum(const std::vector<Leg>& legs) {
  Fen total;
  for (const Leg& leg : legs) total += leg.amount;
  return total;
}

// By the transaction it came with. A partial refund comes with none of them: there the kind of
// treatment tells, which the interface fills by the transaction where the sender leaves it out.
Clearing clearing_of(const JournalRecord& record, const SettleCommand& settle) {
  const std::string_view infno{record.origin.key.infno};
  if (infno.starts_with("2102")) return Clearing::kPharmacy;
  if (infno.starts_with("2207")) return Clearing::kOutpatient;
  if (infno.starts_with("2304")) return Clearing::kInpatient;
  if (settle.med_type == "41") return Clearing::kPharmacy;
  return settle.med_type.starts_with("21") ? Clearing::kInpatient : Clearing::kOutpatient;
}

RecordPosting settled_posting(const JournalRecord& record, const SettleCommand& asked,
                              const Settled& settled) {
  Posting posting;
  posting.record = record.sequence;
  posting.total = asked.parts.medfee_sum;
  posting.pooled = asked.parts.fund_pay_sum;
  posting.own = sum(settled.own) + settled.current_year_taken;
  posting.family = sum(settled.family);
  posting.check = posting_check(asked.patient.text(), asked.visit_id);
  return {posting,
          {settled.card.scheme, clearing_of(record, asked), asked.place.area, record.profile.id}};
}

RecordPosting undoing_posting(PostingKind kind, Sequence record, Sequence original) {
  Posting posting;
  posting.kind = kind;
  posting.record = record;
  posting.original = original;
  return {posting, {}};
}

PostingKind kind_of(ReversalKind kind) {
  return kind == ReversalKind::kUndo ? PostingKind::kUndone : PostingKind::kCancelled;
}

}  // namespace

std::uint32_t day_bucket(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at + kCivilOffset);
  return static_cast<std::uint32_t>(day.time_since_epoch().count());
}

std::uint32_t day_bucket(CivilDate day) {
  return static_cast<std::uint32_t>(std::chrono::sys_days{day}.time_since_epoch().count());
}

// Only its own institution cancels or undoes a settlement; a partial refund comes from an agency
// and carries the settlement's place.
RecordPostings postings_of(const JournalRecord& record) {
  RecordPostings found;
  const SettleCommand* asked = record.settle_command();
  found.institution = asked != nullptr ? &asked->place.institution : &record.origin.key.institution;
  if (const auto* reversed = record.event<SettlementReversed>())
    found.undoing = undoing_posting(kind_of(reversed->kind), record.sequence, reversed->original);
  if (const auto* reapplied = record.event<SettlementReapplied>())
    found.undoing = undoing_posting(PostingKind::kReapplied, record.sequence, reapplied->original);
  if (const auto* settled = asked != nullptr ? record.event<Settled>() : nullptr)
    found.settled = settled_posting(record, *asked, *settled);
  if (!found.undoing && !found.settled) found.institution = nullptr;
  return found;
}

std::uint32_t posting_check(std::string_view psn_no, std::string_view mdtrt_id) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211U;
  };
  add(psn_no);
  add("\t");
  add(mdtrt_id);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace gongji
