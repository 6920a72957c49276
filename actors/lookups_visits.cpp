#include <algorithm>
#include <utility>

#include "actors/lookups.hpp"

// 2201 … 2205: what is said of a visit is recorded without asking a household, because no balance
// depends on it. Part of lookups.hpp.
namespace gongji::actors {
namespace {

// A visit is registered once a day under the number its institution gave it: whoever lost the
// answer asks again under a new message id, and must find what he settled under the first.
bool registered_today(const JournalRecord* record, const Origin& origin) {
  const auto* visit =
      record == nullptr ? nullptr : std::get_if<RecordVisitCommand>(&record->command);
  return visit != nullptr && visit->step == VisitStep::kRegister &&
         civil_date(record->at) == civil_date(origin.received_at);
}

}  // namespace

// Most patients are in memory and most visits are new: then nothing has to be looked up.
void Lookups::visit(const EnvelopePtr& mail) {
  const auto& hash = mail->request.business_hash;
  const bool fresh = !hash || is_new(*hash);
  const PersonId& patient = std::get<RecordVisitCommand>(*mail->command).patient;
  if (fresh && roster_.household_of(patient)) return record_visit(mail);
  librarian_->post([this, mail] { do_visit(mail); });
}

// False also when the index cannot be read: then the librarian finds out.
bool Lookups::is_new(const KeyHash& key) const {
  const auto earlier = index_.find_key(key);
  return earlier && !earlier->has_value();
}

void Lookups::do_visit(const EnvelopePtr& mail) {
  const PersonId& patient = std::get<RecordVisitCommand>(*mail->command).patient;
  const auto household = household_of(patient);
  if (!household) return fail(mail, household.error());
  if (!*household) return mail->refuse(Reason::kNoPerson, patient.text());
  const auto& hash = mail->request.business_hash;
  const RecordPtr earlier = hash ? read_key(mail, *hash) : nullptr;
  if (mail->ticket == nullptr) return;
  const bool registers = std::get<RecordVisitCommand>(*mail->command).step == VisitStep::kRegister;
  if (registers && registered_today(earlier.get(), mail->request.origin))
    return repeat_visit(mail, earlier);
  record_visit(mail);
}

// Told of the first, and remembered under its own message id as well.
void Lookups::repeat_visit(const EnvelopePtr& mail, const RecordPtr& first) {
  auto record = std::make_shared<JournalRecord>();
  record->at = std::max(mail->request.origin.received_at, first->at);
  record->previous = first->sequence;
  record->command = std::move(*mail->command);
  record->outcome = Events{};
  record->keys = {mail->request.key_hash};
  record->origin = std::move(mail->request.origin);
  journal_.submit_answered(std::move(record), mail, Recorded{first, true, nullptr});
}

void Lookups::record_visit(const EnvelopePtr& mail) {
  auto record = std::make_shared<JournalRecord>();
  record->at = mail->request.origin.received_at;
  record->command = std::move(*mail->command);
  record->outcome = Events{};
  record->keys = {mail->request.key_hash};
  record->keys.insert(record->keys.end(), mail->extra_keys.begin(), mail->extra_keys.end());
  record->origin = std::move(mail->request.origin);
  journal_.submit(std::move(record), mail);
}

}  // namespace gongji::actors
