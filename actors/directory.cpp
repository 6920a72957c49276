#include "actors/directory.hpp"

#include <algorithm>
#include <caf/actor_system.hpp>
#include <chrono>
#include <thread>

namespace gongji::actors {
namespace {

// Commands that name several persons, who must live in one household before it can be decided.
bool gathers_persons(const Command& command) {
  return std::holds_alternative<FormNetworkCommand>(command) ||
         std::holds_alternative<BindCommand>(command) ||
         std::holds_alternative<RebindCommand>(command);
}

constexpr unsigned kDetoursMax = 64;

// The earlier record a command speaks of, which must be read before it can be decided.
Sequence original_of(const Command& command) {
  if (const auto* refund = std::get_if<PartialRefundCommand>(&command)) return refund->original;
  if (const auto* tax = std::get_if<AnswerTaxCommand>(&command)) return tax->contribution;
  if (const auto* insurer = std::get_if<AnswerInsurerCommand>(&command))
    return insurer->contribution;
  return {};
}

// Keys nobody else may work on meanwhile.
std::vector<KeyHash> keys_of(const Envelope& mail) {
  const Request& request = mail.request;
  std::vector<KeyHash> keys = mail.more_claims;
  if (request.key_hash != KeyHash{}) keys.push_back(request.key_hash);
  if (request.business_hash) keys.push_back(*request.business_hash);
  if (const auto* undo = std::get_if<UndoRequest>(&request.ask))
    keys.push_back(undo->original_hash);
  std::sort(keys.begin(), keys.end());  // a key twice would wait for itself
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool needs_a_record(const Ask& ask) {
  return !std::holds_alternative<PersonQuery>(ask) && !std::holds_alternative<QuoteQuery>(ask) &&
         !std::holds_alternative<MessageQuery>(ask) &&
         !std::holds_alternative<SettlementQuery>(ask);
}

void extract_command(Envelope& mail) {
  if (auto* settle = std::get_if<SettleCommand>(&mail.request.ask))
    mail.command = std::move(*settle);
  if (auto* admin = std::get_if<AdminRequest>(&mail.request.ask))
    mail.command = std::move(admin->command);
  if (auto* visit = std::get_if<RecordVisitCommand>(&mail.request.ask))
    mail.command = std::move(*visit);
  mail.extra_keys = mail.request.aliases;
  if (mail.request.business_hash) mail.extra_keys.push_back(*mail.request.business_hash);
}

EnvelopePtr envelope_of(Request request, std::unique_ptr<ReplyTicket> ticket,
                        HopTimes::Moment submitted_at) {
  auto mail = std::make_shared<Envelope>();
  mail->hops.submitted_at = submitted_at;
  mail->request = std::move(request);
  mail->ticket = std::move(ticket);
  return mail;
}

}  // namespace

Directory::Directory(caf::actor_system& system, JournalStore& store, JournalIndex& index,
                     const HouseholdTools& tools)
    : index_(index),
      tools_(tools),
      roster_(tools.options, tools.metrics,
              [this, &system](HouseholdImage image) {
                return spawn_household(system, tools_, index_, *this, InflightToken{living_},
                                       std::move(image));
              }),
      claims_(std::make_shared<ClaimTable>([this, librarian = librarian_](EnvelopePtr mail) {
        librarian->post([this, mail = std::move(mail)] { claim_and_route(mail); });
      })),
      lookups_(
          store, index, tools.journal, *claims_, roster_, librarian_, readers_,
          [this](const PersonId& person, const EnvelopePtr& mail) {
            to_copy_or_person(person, mail);
          },
          [this](const EnvelopePtr& mail) { claim_and_route(mail); },
          [this](HouseholdId household) { on_loosened(household); }),
      transfers_(store, index, roster_, lookups_, librarian_),
      mover_(tools, roster_, lookups_, transfers_, librarian_,
             [this](const PersonId& person, const EnvelopePtr& mail) { to_person(person, mail); }),
      splitter_(roster_, lookups_, transfers_, librarian_),
      registrar_(
          tools, index, lookups_, librarian_,
          [this](const PersonId& person, const EnvelopePtr& mail) { to_person(person, mail); }) {}

Directory::~Directory() { stop(); }

bool Directory::recover() { return transfers_.recover(); }

void Directory::submit(Request request, std::unique_ptr<ReplyTicket> ticket) {
  const auto started = std::chrono::steady_clock::now();
  const EnvelopePtr mail = envelope_of(std::move(request), std::move(ticket), started);
  if (admit(mail)) claim_and_route(mail);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  tools_.metrics.stage(Stage::kRoute, took.count());
}

// What the registrar takes goes to him together; what comes between for the same persons keeps its
// place.
void Directory::submit_all(std::vector<BulkMessage> messages) {
  const auto started = std::chrono::steady_clock::now();
  std::vector<EnvelopePtr> together;
  for (BulkMessage& message : messages) {
    const EnvelopePtr mail =
        envelope_of(std::move(message.request), std::move(message.ticket), started);
    if (!admit(mail)) continue;
    if (!Registrar::takes(mail)) {
      registrar_.decide(std::exchange(together, {}));
      claim_and_route(mail);
    } else if (!shed_for_disk(mail) && claim(mail)) {
      together.push_back(mail);
    }
  }
  registrar_.decide(std::move(together));
}

bool Directory::admit(const EnvelopePtr& mail) {
  if (stopped_) {
    tools_.metrics.shed(ShedCause::kDraining);
    return mail->refuse(Reason::kBusy), false;
  }
  if (mail->expired(mail->hops.submitted_at)) {
    tools_.metrics.shed(ShedCause::kDeadline);
    return mail->refuse(Reason::kDeadline), false;
  }
  extract_command(*mail);
  return true;
}

// Once the claims are ours nobody else can decide this message; what was decided before is in the
// index, because claims are held until it is.
bool Directory::claim(const EnvelopePtr& mail) {
  std::vector<KeyHash> keys = keys_of(*mail);
  if (!claims_->acquire(keys, mail)) return false;  // parked; comes back when the holder is done
  mail->claims = Claims{claims_, std::move(keys)};
  return true;
}

void Directory::claim_and_route(const EnvelopePtr& mail) {
  if (!claim(mail)) return;
  if (mail->request.key_hash != KeyHash{}) {
    const auto first = index_.find_key(mail->request.key_hash);
    if (!first) return mail->answer(OutcomeUnknown{});
    if (*first) {
      mail->claims.release();  // what is durable needs no guard; its other repeats need not queue
      return lookups_.replay(mail, first->value());
    }
  }
  if (!shed_for_disk(mail)) route(mail);
}

bool Directory::shed_for_disk(const EnvelopePtr& mail) {
  if (!disk_is_full_ || !needs_a_record(mail->request.ask)) return false;
  tools_.metrics.shed(ShedCause::kDiskFull);
  return mail->refuse(Reason::kBusy), true;
}

void Directory::route(const EnvelopePtr& mail) {
  const Ask& ask = mail->request.ask;
  if (std::holds_alternative<UndoRequest>(ask)) return lookups_.undo(mail);
  if (std::holds_alternative<MessageQuery>(ask)) return lookups_.query(mail);
  if (std::holds_alternative<SettlementQuery>(ask)) return lookups_.settlement(mail);
  if (std::holds_alternative<RecordVisitCommand>(ask)) return lookups_.visit(mail);
  if (const auto* cancel = std::get_if<CancelRequest>(&ask)) {
    if (to_person(cancel->patient, mail, Turn::kLooking)) lookups_.cancel(mail);
  } else if (const auto* query = std::get_if<PersonQuery>(&ask)) {
    if (query->alias) return lookups_.search_alias(mail, *query->alias);
    to_copy_or_person(query->person, mail);
  } else if (const auto* quote = std::get_if<QuoteQuery>(&ask)) {
    to_person(quote->settle.patient, mail);
  } else {
    settle_or_administer(mail);
  }
}

void Directory::settle_or_administer(const EnvelopePtr& mail) {
  if (gathers_persons(*mail->command)) return mover_.gather(mail);
  const PersonId person = subject_of(*mail->command);
  if (const Sequence original = original_of(*mail->command); !original.is_none())
    return lookups_.original(mail, original);
  if (mail->request.business_hash) {
    const auto first = index_.find_key(*mail->request.business_hash);
    if (!first) return mail->answer(OutcomeUnknown{});
    if (*first) {
      if (to_person(person, mail, Turn::kLooking)) lookups_.settle_again(mail, first->value());
      return;
    }
  }
  to_person(person, mail);
}

// Who sleeps may be asked about in the copy for readers; whoever is awake knows better himself.
void Directory::to_copy_or_person(const PersonId& person, const EnvelopePtr& mail) {
  const auto* query = std::get_if<PersonQuery>(&mail->request.ask);
  if (reads_ == nullptr || query == nullptr || !roster_.asleep(person) ||
      !lookups_.sleepers_projected())
    return static_cast<void>(to_person(person, mail));
  reads_->find(person, mail->request.origin.received_at,
               [this, person, mail](std::optional<PersonFound> found) {
                 if (found) return mail->answer(std::move(*found));
                 to_person(person, mail);
               });
}

bool Directory::to_person(const PersonId& person, const EnvelopePtr& mail, Turn turn) {
  switch (roster_.post(person, mail, turn)) {
    case Roster::Posted::kTaken: return true;
    case Roster::Posted::kSearchNeeded: lookups_.search(person); return true;
    case Roster::Posted::kFull:
      tools_.metrics.shed(ShedCause::kHousehold);
      mail->refuse(Reason::kBusy);
      return false;
  }
  return false;
}

// Nobody moves that often: the books in memory and on the disk contradict each other.
void Directory::on_others_needed(EnvelopePtr mail) {
  if (++mail->detours > kDetoursMax) return mail->answer(OutcomeUnknown{});
  if (!std::holds_alternative<ContributeCommand>(*mail->command)) return mover_.gather(mail);
  if (to_person(subject_of(*mail->command), mail, Turn::kLooking))
    lookups_.settle_again(mail, mail->business_record->sequence);
}
void Directory::on_loosened(HouseholdId household) { splitter_.consider(household); }
void Directory::on_failure(HouseholdId household) { roster_.failed(household); }
void Directory::take_back(HouseholdId household, EnvelopePtr mail) {
  roster_.take_back(household, std::move(mail));
}
void Directory::on_drained(HouseholdId household) { lookups_.reload(household); }

void Directory::stop() {
  stopped_ = true;
  readers_.stop();
  librarian_->stop();
  transfers_.clear();
  roster_.clear();
  while (*living_ > 0) std::this_thread::sleep_for(std::chrono::milliseconds{1});
}

}  // namespace gongji::actors
