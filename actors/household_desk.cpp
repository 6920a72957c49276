#include "actors/household_desk.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "actors/hot_view.hpp"
#include "actors/mover.hpp"
#include "domain/decide.hpp"
#include "domain/evolve.hpp"
#include "domain/money_flow.hpp"
#include "domain/transactions/family_funds.hpp"
#include "domain/transactions/settle.hpp"

namespace gongji::actors {
namespace {

// Whether what `record` did still holds in this state.
bool stands(const Household& state, const JournalRecord& record) {
  if (record.event<Settled>() != nullptr) return state.reversal_of(record.sequence) == nullptr;
  if (const auto* reversed = record.event<SettlementReversed>()) {
    const ReversalMark* mark = state.reversal_of(reversed->original);
    return mark != nullptr && mark->kind == reversed->kind;
  }
  return record.applied();
}

// Of a bill, person and amounts; a cancel is known by the settlement it speaks of.
bool same_fact(const Command& again, const JournalRecord& known) {
  const auto* sent = std::get_if<SettleCommand>(&again);
  const auto* first = std::get_if<SettleCommand>(&known.command);
  if (sent == nullptr || first == nullptr) return true;
  const auto amounts = [](const BillParts& parts) {
    return std::tie(parts.medfee_sum, parts.fund_pay_sum, parts.hospital_part, parts.full_own_pay,
                    parts.over_limit, parts.pay_first, parts.current_year_taken);
  };
  return sent->patient == first->patient && amounts(sent->parts) == amounts(first->parts);
}

// Debits and credits must leave nothing over: what the buckets lost is what the events say.
Fen imbalance(Fen before, Fen after, const Events& events) {
  return after - before - net_change(events);
}

bool concerns_several(const Command& command) {
  return std::holds_alternative<ReverseCommand>(command) ||
         std::holds_alternative<ReapplyCommand>(command) ||
         std::holds_alternative<PartialRefundCommand>(command) ||
         std::holds_alternative<FormNetworkCommand>(command) ||
         std::holds_alternative<BindCommand>(command) ||
         std::holds_alternative<RebindCommand>(command);
}

// A roll that finds nothing to do leaves no trace: most accounts have none (SH-36).
bool nothing_to_record(const Command& command, const Decision& decision) {
  return std::holds_alternative<RollYearCommand>(command) && decision && decision->empty();
}

// After these some persons may no longer be connected with the others. Settlements never do that,
// and moves know themselves what they do.
bool loosens(const Command& command) {
  return std::holds_alternative<UnbindCommand>(command) ||
         std::holds_alternative<DisbandCommand>(command) ||
         std::holds_alternative<RebindCommand>(command) ||
         std::holds_alternative<ReverseCommand>(command) ||
         std::holds_alternative<ReapplyCommand>(command) ||
         std::holds_alternative<PartialRefundCommand>(command) ||
         std::holds_alternative<TransferOutCommand>(command) ||
         std::holds_alternative<ChangePersonCommand>(command) ||
         std::holds_alternative<EnrolCommand>(command) ||
         std::holds_alternative<FormNetworkCommand>(command) ||
         std::holds_alternative<BindCommand>(command);
}

}  // namespace

HouseholdDesk::HouseholdDesk(const HouseholdTools& tools, HouseholdImage image)
    : tools_(tools), image_(std::move(image)) {}

Handled HouseholdDesk::handle(const EnvelopePtr& mail) {
  if (mail->peek) return mail->peek(image_), Handled::kDone;
  mail->hops.taken_at = std::chrono::steady_clock::now();
  if (mail->expired(mail->hops.taken_at)) {
    tools_.metrics.shed(ShedCause::kDeadline);
    return mail->refuse(Reason::kDeadline), Handled::kDone;
  }
  if (mail->command) return command(mail);
  if (const auto* ask = std::get_if<QuoteQuery>(&mail->request.ask))
    quote(mail, ask->settle);
  else if (const auto* person_asked = std::get_if<PersonQuery>(&mail->request.ask))
    person(mail, person_asked->person);
  else
    message(mail);
  return Handled::kDone;
}

Instant HouseholdDesk::time_of(const Envelope& mail) const {  // GX-13
  return std::max(mail.request.origin.received_at, image_.last_at);
}

// Money goes back to whom it came from, wherever they live now (GX-05), and who was together when a
// binding set out may have been parted before it came. Without them nothing can be decided.
bool HouseholdDesk::needs_others(const Envelope& mail) const {
  if (std::holds_alternative<ContributeCommand>(*mail.command))  // who paid before moved out
    return mail.business_record != nullptr && !mail.verdict &&
           image_.state.find(keeper_of(*mail.business_record)) == nullptr;
  if (!concerns_several(*mail.command) || mail.verdict || mail.names_stranger) return false;
  if (image_.state.find(subject_of(*mail.command)) == nullptr) return false;
  const std::vector<PersonId> persons = concerned(mail);
  return std::any_of(persons.begin(), persons.end(), [this](const PersonId& person) {
    return image_.state.find(person) == nullptr;
  });
}

Handled HouseholdDesk::command(const EnvelopePtr& mail) {
  if (needs_others(*mail)) return Handled::kOthersNeeded;
  const bool may_loosen = loosens(*mail->command);
  decide_and_submit(mail);
  const bool loose = may_loosen && components(image_.state).size() > 1;
  return loose ? Handled::kLoosened : Handled::kDone;
}

void HouseholdDesk::decide_and_submit(const EnvelopePtr& mail) {
  if (tools_.before_decide) tools_.before_decide(*mail);
  if (answered_before(mail)) return;
  const std::shared_ptr<const Policy> policy = tools_.policies.current();
  const Context context{time_of(*mail), policy->profiles, mail->original};
  Decision decision =
      mail->verdict ? Decision{*mail->verdict} : decide(image_.state, *mail->command, context);
  if (nothing_to_record(*mail->command, decision))
    return tools_.journal.answer_after(image_.last_sequence, mail, NotDecided{});
  std::shared_ptr<JournalRecord> record = record_of(*mail, context, std::move(decision));
  image_.last_at = record->at;
  auto change = change_of(*record, context);
  auto snapshot = snapshot_due();
  mail->hops.decided_at = std::chrono::steady_clock::now();  // the journal writer's from here
  const std::chrono::duration<double> took = mail->hops.decided_at - mail->hops.taken_at;
  image_.last_sequence =
      tools_.journal.submit(std::move(record), mail, std::move(snapshot), std::move(change));
  tools_.metrics.stage(Stage::kDecide, took.count());
}

// Business keys: a retry under a new message id gets the first result as long as that stands, or,
// where it may be a second purchase, a warning while that is recent. Contributions are not answered
// again but refused, by the household that knows the first one.
bool HouseholdDesk::answered_before(const EnvelopePtr& mail) {
  const RecordPtr& known = mail->business_record;
  if (std::holds_alternative<ContributeCommand>(*mail->command)) return false;
  if (known == nullptr || !known->applied() || !stands(image_.state, *known)) return false;
  if (const auto window = mail->request.duplicate_window) {
    if (time_of(*mail) - known->at > *window) return false;
    tools_.journal.answer_after(image_.last_sequence, mail,
                                NotDecided{Refusal{Reason::kPossibleDuplicate, "", {}, {}}});
  } else if (mail->request.key_hash != KeyHash{} && same_fact(*mail->command, *known)) {
    remember_repeat(mail);
  } else {  // the gateway names what differs
    tools_.journal.answer_after(image_.last_sequence, mail, Recorded{known, true, mail->original});
  }
  return true;
}

// From now on this message id is taken: a late copy of it must not settle or cancel anew what was
// reversed or restored meanwhile, and a 2601 that names it means what it was answered with.
void HouseholdDesk::remember_repeat(const EnvelopePtr& mail) {
  const RecordPtr& known = mail->business_record;
  auto record = std::make_shared<JournalRecord>();
  record->at = time_of(*mail);
  record->previous = known->sequence;
  record->command = std::move(*mail->command);
  record->outcome = Events{};
  record->keys = {mail->request.key_hash};
  record->origin = std::move(mail->request.origin);
  tools_.journal.submit_answered(std::move(record), mail, Recorded{known, true, mail->original});
}

std::shared_ptr<JournalRecord> HouseholdDesk::record_of(Envelope& mail, const Context& context,
                                                        Decision decision) {
  auto record = std::make_shared<JournalRecord>();
  const Profile& profile = governing_profile(image_.state, subject_of(*mail.command), context);
  record->household = image_.state.id;
  record->previous = image_.last_sequence;
  record->at = context.at;
  record->origin = std::move(mail.request.origin);
  record->profile = {profile.id, profile.hash};
  if (mail.request.key_hash != KeyHash{}) record->keys.push_back(mail.request.key_hash);
  if (!decision) {
    record->outcome = std::move(decision).error();
  } else {
    const Fen before = image_.state.total();
    image_.state = evolve(std::move(image_.state), *decision);
    tools_.metrics.ledger_imbalance(imbalance(before, image_.state.total(), *decision));
    record->balances = balances_touched(image_.state, *decision);
    record->outcome = std::move(*decision);
    record->keys.insert(record->keys.end(), mail.extra_keys.begin(), mail.extra_keys.end());
  }
  record->command = std::move(*mail.command);
  return record;
}

// Readers see what is applied, as of this record; a refusal shows them nothing.
std::optional<HotHousehold> HouseholdDesk::change_of(const JournalRecord& record,
                                                     const Context& context) const {
  if (!tools_.projecting || !record.applied()) return std::nullopt;
  return hot_change(image_.state, record, context);
}

std::optional<HouseholdImage> HouseholdDesk::snapshot_due() {
  if (++records_since_snapshot_ < tools_.options.snapshot_every_records) return std::nullopt;
  records_since_snapshot_ = 0;
  return image_;
}

void HouseholdDesk::quote(const EnvelopePtr& mail, const SettleCommand& settle) {
  const std::shared_ptr<const Policy> policy = tools_.policies.current();
  const Context context{time_of(*mail), policy->profiles, nullptr};
  Result<Settled, Refusal> settled = would_settle(image_.state, settle, context);
  if (!settled) {
    return tools_.journal.answer_after(image_.last_sequence, mail,
                                       NotDecided{std::move(settled).error()});
  }
  const Profile& profile = governing_profile(image_.state, settle.patient, context);
  const Household after = evolve(image_.state, Event{*settled});
  tools_.journal.answer_after(image_.last_sequence, mail,
                              Quoted{std::move(*settled),
                                     {profile.id, profile.hash},
                                     after.find(settle.patient)->total(),
                                     context.at});
}

void HouseholdDesk::person(const EnvelopePtr& mail, const PersonId& id) {
  const Person* found = image_.state.find(id);
  if (found == nullptr)
    return tools_.journal.answer_after(image_.last_sequence, mail,
                                       NotDecided{Refusal{Reason::kNoPerson, id.text(), {}, {}}});
  const std::shared_ptr<const Policy> policy = tools_.policies.current();
  const Context context{time_of(*mail), policy->profiles, nullptr};
  PersonFound reply;
  reply.person = *found;
  reply.family_available = family_available(image_.state, *found, context);
  reply.role = role_of(image_.state, id, context);
  if (const Network* network = image_.state.network_of(id)) {
    reply.networks.push_back(*network);
    for (const Link& link : network->links)
      if (const Person* member = image_.state.find(link.member))
        reply.member_names.emplace_back(member->id, member->card.psn_name);
  }
  reply.household = image_.state.id;
  reply.last_sequence = image_.last_sequence;
  reply.at = context.at;
  tools_.journal.answer_after(image_.last_sequence, mail, std::move(reply));
}

void HouseholdDesk::message(const EnvelopePtr& mail) {
  const JournalRecord& record = *mail->original;
  MessageFound reply;
  reply.record = mail->original;
  reply.original = mail->business_record;  // what a cancel spoke of
  reply.state = !record.applied()              ? MessageState::kRefused
                : stands(image_.state, record) ? MessageState::kApplied
                                               : MessageState::kReversed;
  tools_.journal.answer_after(image_.last_sequence, mail, std::move(reply));
}

}  // namespace gongji::actors
