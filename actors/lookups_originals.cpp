#include <utility>

#include "actors/lookups.hpp"
#include "domain/decide.hpp"

// What a message needs of earlier records before its household can decide it: the settlement to
// cancel or to make smaller, the fact that was settled before. Part of lookups.hpp.
namespace gongji::actors {
namespace {

// A smaller bill that took the place of another stays the institution's own (GX-07).
bool same_institution(const Envelope& mail, const JournalRecord& record) {
  const auto* refund = std::get_if<PartialRefundCommand>(&record.command);
  const InstitutionCode& owner =
      refund != nullptr ? refund->smaller.place.institution : record.origin.key.institution;
  return owner == mail.request.origin.key.institution;
}

bool moves_money_of(const JournalRecord& record, const PersonId& patient) {
  if (const auto* settled = record.event<Settled>()) return settled->patient == patient;
  const auto* reversed = record.event<SettlementReversed>();
  return reversed != nullptr && reversed->kind == ReversalKind::kCancel &&
         reversed->patient == patient;
}

constexpr unsigned kAskedMax = 64;  // nobody moves that often

bool stands_elsewhere(const Household& household, const JournalRecord& record) {
  const auto* ordered = record.event<ContributionOrdered>();
  if (ordered == nullptr) return household.reversal_of(record.sequence) == nullptr;
  const Contribution* order = household.contribution(ordered->order.id);
  return order != nullptr && order->status == ContributionStatus::kPaid;
}

}  // namespace

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
  const RecordPtr record = read_if_there(mail, ask.settlement);
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

void Lookups::settlement(const EnvelopePtr& mail) {
  librarian_->post([this, mail] { do_settlement(mail); });
}

// The settlement itself, or the negative record of its cancel; whether it stands, the household
// says.
void Lookups::do_settlement(const EnvelopePtr& mail) {
  const auto& ask = std::get<SettlementQuery>(mail->request.ask);
  const RecordPtr record = read_if_there(mail, ask.settlement);
  if (record == nullptr || !moves_money_of(*record, ask.patient) ||
      !same_institution(*mail, *record))
    return mail->refuse(Reason::kNoSettlement);
  mail->original = record;
  mail->business_record = settlement_behind(mail, *record);
  if (mail->ticket != nullptr) to_person_(ask.patient, mail);
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
  const RecordPtr record = mail->original = read_if_there(mail, original);
  if (record == nullptr) return mail->refuse(Reason::kNotFound), false;
  const bool replaces = std::holds_alternative<PartialRefundCommand>(*mail->command);
  if (!replaces || record->keys.size() < 2) return true;
  const std::vector<KeyHash> business{record->keys.begin() + 1, record->keys.end()};
  if (!claims_also(mail, business)) return false;  // nobody settles the same fact meanwhile
  mail->extra_keys.insert(mail->extra_keys.end(), business.begin(), business.end());
  return true;
}

}  // namespace gongji::actors
