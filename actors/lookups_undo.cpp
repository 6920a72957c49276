#include <utility>

#include "actors/lookups.hpp"

// 2601: what the message did is taken back, or the message is barred. Part of lookups.hpp.
namespace gongji::actors {

void Lookups::undo(const EnvelopePtr& mail) {
  librarian_->post([this, mail] { do_undo(mail); });
}

void Lookups::do_undo(const EnvelopePtr& mail) {
  const auto& ask = std::get<UndoRequest>(mail->request.ask);
  const RecordPtr record = read_key(mail, ask.original_hash);
  if (mail->ticket == nullptr) return;
  if (record == nullptr) return tombstone(mail, true);
  if (record->origin.key != ask.original) return tombstone(mail, false);  // barred before
  const RecordPtr told = followed(mail, record);
  if (told == nullptr || told->keys.empty()) return;
  // What it was answered with is another message's when it only repeated that one's business fact.
  if (told != record && !claims_also(mail, {told->keys.front()})) return;
  undo_record(mail, told);
}

void Lookups::undo_record(const EnvelopePtr& mail, const RecordPtr& record) {
  const std::optional<bool> taken_back = undone(mail, record->keys.front());
  if (!taken_back) return;
  // Refused, or undone before: success, and nothing moves. A cancel that was undone must not be
  // undone once more: the settlement may have been cancelled anew since.
  if (!record->applied() || *taken_back) return tombstone(mail, false);
  if (record->event<Settled>() != nullptr) return undo_settlement(mail, record);
  const auto* reversed = record->event<SettlementReversed>();
  if (reversed != nullptr && reversed->kind == ReversalKind::kCancel)
    return undo_cancel(mail, record);
  mail->refuse(Reason::kNoSettlement, "oinfno");
}

void Lookups::undo_settlement(const EnvelopePtr& mail, const RecordPtr& settlement) {
  const PersonId patient = settlement->event<Settled>()->patient;
  mail->original = settlement;
  mail->command = ReverseCommand{patient, settlement->sequence, ReversalKind::kUndo};
  mail->extra_keys.push_back(undone_marker(settlement->keys.front()));
  to_person_(patient, mail);
}

// GX-14: the settlement is to stand again. Its keys are claimed as well: nobody settles the same
// fact meanwhile (if somebody did already, it would be paid twice), and nobody takes it back by a
// 2601.
void Lookups::undo_cancel(const EnvelopePtr& mail, const RecordPtr& cancel) {
  const auto* reversed = cancel->event<SettlementReversed>();
  const RecordPtr settlement = mail->original = read(mail, reversed->original);
  if (settlement == nullptr || settlement->keys.empty()) return;
  if (!claims_also(mail, settlement->keys)) return;
  const std::optional<bool> taken_back = undone(mail, settlement->keys.front());
  const std::optional<bool> anew = settled_anew(mail, *settlement);
  if (!taken_back || !anew) return;
  if (*taken_back) return tombstone(mail, false);  // as if it never happened: it stays so
  if (*anew) mail->verdict = Refusal{Reason::kPossibleDuplicate, "", {}, {}};
  mail->command = ReapplyCommand{reversed->patient, reversed->original, cancel->sequence};
  mail->extra_keys.push_back(undone_marker(cancel->keys.front()));
  to_person_(reversed->patient, mail);
}

// Whether another record took the settlement's business key since. Nothing when the store failed.
std::optional<bool> Lookups::settled_anew(const EnvelopePtr& mail,
                                          const JournalRecord& settlement) {
  for (auto key = settlement.keys.begin() + 1; key != settlement.keys.end(); ++key) {
    const auto latest = index_.find_key(*key);
    if (!latest) return fail(mail, latest.error()), std::nullopt;
    if (*latest != settlement.sequence) return true;
  }
  return false;
}

// A record of no household: the answer is durable, and (when it bars) the late original finds it.
void Lookups::tombstone(const EnvelopePtr& mail, bool bars_original) {
  const auto& ask = std::get<UndoRequest>(mail->request.ask);
  auto record = std::make_shared<JournalRecord>();
  record->at = mail->request.origin.received_at;
  record->command = TombstoneCommand{ask.original};
  record->outcome = Events{};
  record->keys = {mail->request.key_hash};
  if (bars_original) record->keys.push_back(ask.original_hash);
  record->origin = std::move(mail->request.origin);
  mail->original = nullptr;  // told of the record alone, as it will be when it is asked for again
  journal_.submit(std::move(record), mail);
}

}  // namespace gongji::actors
