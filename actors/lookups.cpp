#include "actors/lookups.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <thread>

#include "domain/decide.hpp"

namespace gongji::actors {
namespace {

Instant moment_of(const Envelope& mail) { return mail.request.origin.received_at; }

// A smaller bill that took the place of another stays the institution's own (GX-07).
bool same_institution(const Envelope& mail, const JournalRecord& record) {
  const auto* refund = std::get_if<PartialRefundCommand>(&record.command);
  const InstitutionCode& owner =
      refund != nullptr ? refund->smaller.place.institution : record.origin.key.institution;
  return owner == mail.request.origin.key.institution;
}

constexpr unsigned kAskedMax = 64;  // nobody moves that often

bool stands_elsewhere(const Household& household, const JournalRecord& record) {
  const auto* ordered = record.event<ContributionOrdered>();
  if (ordered == nullptr) return household.reversal_of(record.sequence) == nullptr;
  const Contribution* order = household.contribution(ordered->order.id);
  return order != nullptr && order->status == ContributionStatus::kPaid;
}

}  // namespace

Lookups::Lookups(JournalStore& store, JournalIndex& index, JournalWriter& journal,
                 ClaimTable& claims, Roster& roster, std::shared_ptr<WorkerThread> librarian,
                 ToPerson to_person, ClaimAgain claim_again, Loosened loosened)
    : store_(store),
      index_(index),
      journal_(journal),
      claims_(claims),
      roster_(roster),
      librarian_(std::move(librarian)),
      to_person_(std::move(to_person)),
      claim_again_(std::move(claim_again)),
      loosened_(std::move(loosened)),
      next_household_(index.next_household()) {}

void Lookups::fail(const EnvelopePtr& mail, const StoreError& error) {
  spdlog::error("store could not be read: {}", error.message);
  mail->answer(OutcomeUnknown{});
}

// A message that holds a place in its person's queue while another household is asked. Whatever
// becomes of the question, the place is given up or used, so that what came later goes on.
struct Lookups::Resumption {
  Resumption(Lookups& owner, EnvelopePtr waiting)
      : lookups(owner), librarian(owner.librarian_), mail(std::move(waiting)) {}
  ~Resumption() {
    librarian->post([l = &lookups, mail = mail, turn = turn] {
      const PersonId person = subject_of(*mail->command);
      l->roster_.resume(person, mail, turn);
    });
  }
  Resumption(const Resumption&) = delete;
  Resumption& operator=(const Resumption&) = delete;

  Lookups& lookups;  // used by the librarian's jobs only, which end before it does
  const std::shared_ptr<WorkerThread> librarian;
  const EnvelopePtr mail;
  Turn turn = Turn::kGone;
};

// ---- persons and households ----

void Lookups::search(const PersonId& person) {
  librarian_->post([this, person] { do_search(person); });
}

void Lookups::do_search(const PersonId& person) {
  const auto household = household_of(person);
  if (!household) {
    for (const EnvelopePtr& mail : roster_.give_up(person)) fail(mail, household.error());
    return;
  }
  if (!*household) {
    const auto fresh = [this] { return fresh_household(); };
    const auto strangers = roster_.resolve_unknown(person, fresh);
    for (const EnvelopePtr& mail : strangers) mail->refuse(Reason::kNoPerson, person.text());
    return;
  }
  const HouseholdId found = household->value();
  if (!roster_.found(person, found)) return;
  auto image = index_.load(found);
  const bool elsewhere = image && image->state.find(person) == nullptr;
  if (elsewhere)  // his move broke off; a restart finishes it
    image = StoreError{"household " + std::to_string(found.number()) + " is between two others"};
  fill(found, image);
}

HouseholdId Lookups::fresh_household() {
  return std::exchange(next_household_, next_household_.next());
}

Result<std::optional<HouseholdId>, StoreError> Lookups::household_of(const PersonId& person) {
  if (auto active = roster_.household_of(person)) return active;
  return index_.find_person(person);
}

bool Lookups::load(HouseholdId household) {
  return !roster_.enter(household) || fill(household, index_.load(household));
}

bool Lookups::fill(HouseholdId household, const Result<HouseholdImage, StoreError>& image) {
  if (image) {
    roster_.loaded(*image);
    if (image->state.persons.size() > 1 && components(image->state).size() > 1)
      loosened_(household);
    return true;
  }
  for (const EnvelopePtr& mail : roster_.give_up(household)) fail(mail, image.error());
  return false;
}

// The failed actor's last records must be durable and indexed first; that takes a sync or two. What
// is rebuilt from them is kept, so that one who fails often does not read his whole history again.
void Lookups::reload(HouseholdId household) {
  librarian_->post([this, household] {
    if (roster_.settled(household)) {
      const auto image = index_.load(household);
      if (fill(household, image)) index_.save_snapshot(*image);
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
      reload(household);
    }
  });
}

void Lookups::search_alias(const EnvelopePtr& mail, KeyHash alias) {
  librarian_->post([this, mail, alias] {
    const RecordPtr record = read_key(mail, alias);
    if (mail->ticket == nullptr) return;
    const auto* enrolled = record ? std::get_if<EnrolCommand>(&record->command) : nullptr;
    if (enrolled == nullptr) return mail->refuse(Reason::kNoPerson);
    std::get<PersonQuery>(mail->request.ask).person = enrolled->person.id;
    to_person_(enrolled->person.id, mail);
  });
}

// ---- records ----

RecordPtr Lookups::read(const EnvelopePtr& mail, Sequence sequence) {
  Result<RecordPtr, StoreError> record = store_.read(sequence);
  if (record) return *record;
  fail(mail, record.error());
  return nullptr;
}

// Whoever has an answer may ask about it at once: a miss counts only after the index caught up.
Result<std::optional<Sequence>, StoreError> Lookups::find_key(const KeyHash& key) const {
  auto found = index_.find_key(key);
  if (!found || found->has_value()) return found;
  catch_up();
  return index_.find_key(key);
}

// Null with the ticket still open: no such key. Null with the ticket spent: the store failed.
RecordPtr Lookups::read_key(const EnvelopePtr& mail, const KeyHash& key) {
  const auto sequence = find_key(key);
  if (!sequence) {
    fail(mail, sequence.error());
    return nullptr;
  }
  return *sequence ? read(mail, sequence->value()) : nullptr;
}

// Whether a 2601 took the message back. Nothing when the store failed; then the ticket is spent.
std::optional<bool> Lookups::undone(const EnvelopePtr& mail, const KeyHash& message) {
  const auto found = index_.find_key(undone_marker(message));
  if (found) return found->has_value();
  fail(mail, found.error());
  return std::nullopt;
}

// What an answer about a cancel or an undo needs beside its own record.
RecordPtr Lookups::settlement_behind(const EnvelopePtr& mail, const JournalRecord& record) {
  if (const auto* reverse = std::get_if<ReverseCommand>(&record.command))
    return read(mail, reverse->original);
  if (const auto* reapply = std::get_if<ReapplyCommand>(&record.command))
    return read(mail, reapply->original);
  return nullptr;
}

void Lookups::replay(const EnvelopePtr& mail, Sequence first) {
  librarian_->post([this, mail, first] { do_replay(mail, first); });
}

void Lookups::do_replay(const EnvelopePtr& mail, Sequence first) {
  const RecordPtr record = read(mail, first);
  if (record == nullptr) return;
  const Origin& origin = mail->request.origin;
  if (record->origin.key != origin.key) return mail->refuse(Reason::kReversedBeforeArrival);
  if (record->origin.digest != origin.digest) return mail->answer(KeyReused{record});
  const std::optional<bool> taken_back = undone(mail, mail->request.key_hash);
  if (!taken_back) return;
  if (*taken_back) return mail->refuse(Reason::kAlreadyReversed);
  RecordPtr behind = settlement_behind(mail, *record);
  mail->answer(Recorded{record, true, std::move(behind)});
}

void Lookups::cancel(const EnvelopePtr& mail) {
  librarian_->post([this, mail] {
    const bool ready = mail->ticket != nullptr && prepare_cancel(mail);
    roster_.resume(std::get<CancelRequest>(mail->request.ask).patient, mail,
                   ready ? Turn::kReady : Turn::kGone);
  });
}

// A caller never learns whether another institution's settlement exists.
bool Lookups::prepare_cancel(const EnvelopePtr& mail) {
  const auto& ask = std::get<CancelRequest>(mail->request.ask);
  const bool thinkable = !ask.settlement.is_none() && ask.settlement <= journal_.durable();
  const RecordPtr record = thinkable ? read(mail, ask.settlement) : nullptr;
  const Settled* settled = record == nullptr ? nullptr : record->event<Settled>();
  if (settled == nullptr || settled->patient != ask.patient || !same_institution(*mail, *record)) {
    mail->refuse(Reason::kNoSettlement);
    return false;
  }
  if (mail->request.business_hash)
    mail->business_record = read_key(mail, *mail->request.business_hash);
  mail->original = record;
  mail->command = ReverseCommand{ask.patient, ask.settlement, ReversalKind::kCancel};
  return mail->ticket != nullptr;
}

void Lookups::settle_again(const EnvelopePtr& mail, Sequence first) {
  librarian_->post([this, mail, first] {
    const PersonId person = subject_of(*mail->command);
    const RecordPtr record = mail->business_record = read(mail, first);
    if (record == nullptr) return roster_.resume(person, mail, Turn::kGone);
    if (std::holds_alternative<ContributeCommand>(*mail->command)) {
      if (!ordered_here(mail, *record)) return ask_elsewhere(mail, record);
      return roster_.resume(person, mail, Turn::kReady);  // the household knows its own orders
    }
    if (subject_of(record->command) == person) return roster_.resume(person, mail, Turn::kReady);
    ask_elsewhere(mail, record);
  });
}

bool Lookups::ordered_here(const EnvelopePtr& mail, const JournalRecord& record) {
  const auto here = household_of(subject_of(*mail->command));
  const auto there = household_of(keeper_of(record));
  return here.ok() && there.ok() && *here == *there;
}

// The settlement known under the business key is another person's, so only his household can say
// whether it still stands; when it does not, the key is free again.
void Lookups::ask_elsewhere(const EnvelopePtr& mail, const RecordPtr& record) {
  ask_keeper(std::make_shared<Resumption>(*this, mail), record, 0);
}

// Who just moved out is looked for again.
void Lookups::ask_keeper(const std::shared_ptr<Resumption>& resumption, const RecordPtr& record,
                         unsigned asked) {
  if (asked > kAskedMax) return;
  const auto household = household_of(keeper_of(*record));
  if (!household || !*household || !load(household->value())) return;
  auto question = std::make_shared<Envelope>();
  question->peek = [resumption, record, asked](const HouseholdImage& image) {
    if (image.state.find(keeper_of(*record)) == nullptr)
      return resumption->librarian->post([resumption, record, asked] {
        resumption->lookups.ask_keeper(resumption, record, asked + 1);
      });
    Envelope& asking = *resumption->mail;
    const bool stands = stands_elsewhere(image.state, *record);
    if (std::holds_alternative<ContributeCommand>(*asking.command) && stands)
      asking.verdict = Refusal{Reason::kAlreadyPaid, "", {}, {}};
    const bool free = !stands || asking.verdict;
    if (free) asking.business_record = nullptr;
    resumption->turn = Turn::kReady;
  };
  roster_.post_internal(household->value(), question);
}

void Lookups::original(const EnvelopePtr& mail, Sequence original) {
  librarian_->post([this, mail, original] {
    if (mail->ticket != nullptr && prepare_original(mail, original))
      to_person_(subject_of(*mail->command), mail);
  });
}

// The smaller bill takes over the business key of the one it replaces, so that a late repeat of
// that one finds it.
bool Lookups::prepare_original(const EnvelopePtr& mail, Sequence original) {
  const bool thinkable = !original.is_none() && original <= journal_.durable();
  if (!thinkable) return mail->refuse(Reason::kNotFound), false;
  const RecordPtr record = mail->original = read(mail, original);
  if (record == nullptr) return false;
  const bool replaces = std::holds_alternative<PartialRefundCommand>(*mail->command);
  if (!replaces || record->keys.size() < 2) return true;
  std::vector<KeyHash> business{record->keys.begin() + 1, record->keys.end()};
  if (mail->more_claims != business) {  // nobody settles the same fact meanwhile
    mail->more_claims = std::move(business);
    mail->claims.release();
    claim_again_(mail);
    return false;
  }
  mail->extra_keys.insert(mail->extra_keys.end(), business.begin(), business.end());
  return true;
}

// ---- 2601 ----

void Lookups::undo(const EnvelopePtr& mail) {
  librarian_->post([this, mail] { do_undo(mail); });
}

void Lookups::do_undo(const EnvelopePtr& mail) {
  const auto& ask = std::get<UndoRequest>(mail->request.ask);
  const RecordPtr record = read_key(mail, ask.original_hash);
  if (mail->ticket == nullptr) return;
  if (record == nullptr) return tombstone(mail, true);
  if (record->origin.key != ask.original) return tombstone(mail, false);  // barred before
  undo_record(mail, record);
}

void Lookups::undo_record(const EnvelopePtr& mail, const RecordPtr& record) {
  const auto& ask = std::get<UndoRequest>(mail->request.ask);
  const std::optional<bool> taken_back = undone(mail, ask.original_hash);
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
  mail->extra_keys.push_back(undone_marker(std::get<UndoRequest>(mail->request.ask).original_hash));
  to_person_(patient, mail);
}

// GX-14: the settlement is to stand again. Its business key is claimed as well, so that nobody
// settles the same fact meanwhile; if somebody did already, it would be paid twice.
void Lookups::undo_cancel(const EnvelopePtr& mail, const RecordPtr& cancel) {
  const auto* reversed = cancel->event<SettlementReversed>();
  const RecordPtr settlement = mail->original = read(mail, reversed->original);
  if (settlement == nullptr || settlement->keys.empty()) return;
  const std::vector<KeyHash> business{settlement->keys.begin() + 1, settlement->keys.end()};
  if (mail->more_claims != business) {
    mail->more_claims = business;
    mail->claims.release();
    return claim_again_(mail);
  }
  const std::optional<bool> taken_back = undone(mail, settlement->keys.front());
  const std::optional<bool> anew = settled_anew(mail, *settlement);
  if (!taken_back || !anew) return;
  if (*taken_back) return tombstone(mail, false);  // as if it never happened: it stays so
  if (*anew) mail->verdict = Refusal{Reason::kPossibleDuplicate, "", {}, {}};
  mail->command = ReapplyCommand{reversed->patient, reversed->original, cancel->sequence};
  mail->extra_keys.push_back(undone_marker(std::get<UndoRequest>(mail->request.ask).original_hash));
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
  record->at = moment_of(*mail);
  record->command = TombstoneCommand{ask.original};
  record->outcome = Events{};
  record->keys = {mail->request.key_hash};
  if (bars_original) record->keys.push_back(ask.original_hash);
  record->origin = std::move(mail->request.origin);
  journal_.submit(std::move(record), mail);
}

// ---- 2602 ----

void Lookups::query(const EnvelopePtr& mail) {
  librarian_->post([this, mail] { do_query(mail); });
}

void Lookups::do_query(const EnvelopePtr& mail) {
  const auto& ask = std::get<MessageQuery>(mail->request.ask);
  // The order matters: a claim is released only after its record can be found.
  const bool in_flight = claims_.held(ask.original_hash);
  const RecordPtr record = read_key(mail, ask.original_hash);
  if (mail->ticket == nullptr) return;
  if (record == nullptr) {
    const auto state = in_flight ? MessageState::kInFlight : MessageState::kUnknown;
    return mail->answer(MessageFound{state, nullptr, nullptr});
  }
  if (record->origin.key != ask.original)
    return mail->answer(MessageFound{MessageState::kReversedBeforeArrival, nullptr, nullptr});
  RecordPtr behind = settlement_behind(mail, *record);
  if (mail->ticket == nullptr) return;
  const std::optional<bool> taken_back = undone(mail, ask.original_hash);
  if (!taken_back) return;
  if (*taken_back)
    return mail->answer(MessageFound{MessageState::kReversed, record, std::move(behind)});
  const PersonId subject = subject_of(record->command);
  if (subject.empty())
    return mail->answer(MessageFound{MessageState::kApplied, record, std::move(behind)});
  mail->original = record;
  mail->business_record = std::move(behind);
  to_person_(subject, mail);
}

}  // namespace gongji::actors
