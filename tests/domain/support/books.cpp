#include "tests/domain/support/books.hpp"

#include <algorithm>
#include <stdexcept>

#include "domain/evolve.hpp"
#include "domain/transactions/settle.hpp"

namespace gongji::test {

Books::Books(const ProfileBook& profiles, Evolve evolve)
    : profiles_(profiles), evolve_(std::move(evolve)) {}

const JournalRecord& Books::run(const Command& command, Instant at) {
  return run_in(household_for(command, at), command, at);
}

const JournalRecord& Books::run_in(HouseholdId household, const Command& command, Instant at) {
  HouseholdImage& image = households_[household];
  image.state.id = household;
  const Household before = image.state;
  auto record = std::make_shared<JournalRecord>(
      next_record(image, command, std::max(at, image.last_at)));  // GX-13
  apply(*record);
  if (observer_) observer_(before, *record, image.state);
  journal_.push_back(std::move(record));
  return *journal_.back();
}

JournalRecord Books::next_record(const HouseholdImage& image, const Command& command,
                                 Instant at) const {
  const Context context{at, profiles_, original_of(command)};
  const Profile& profile = governing_profile(image.state, subject_of(command), context);
  JournalRecord record;
  record.sequence = Sequence{journal_.size() + 1};
  record.household = image.state.id;
  record.previous = image.last_sequence;
  record.at = at;
  record.command = command;
  record.profile = {profile.id, profile.hash};
  Decision decision = decide(image.state, command, context);
  if (!decision) {
    record.outcome = decision.error();
    return record;
  }
  record.balances = balances_touched(evolve(image.state, *decision), *decision);
  record.outcome = *decision;
  return record;
}

void Books::apply(const JournalRecord& record) {
  HouseholdImage& image = households_[record.household];
  if (!evolve_) {
    auto folded = fold(image, record);
    if (!folded) throw std::logic_error{folded.error()};
    image = std::move(*folded);
    return;
  }
  if (const auto* events = std::get_if<Events>(&record.outcome))
    for (const Event& event : *events) image.state = evolve_(std::move(image.state), event);
  image.last_sequence = record.sequence;
  image.last_at = record.at;
}

Result<Settled, Refusal> Books::quote(const SettleCommand& command, Instant at) const {
  return would_settle(home_of(command.patient), command, {at, profiles_, nullptr});
}

void Books::unite(const PersonId& host, const PersonId& joining, Instant at) {
  const HouseholdId from = home_of(joining).id;
  const HouseholdId to = home_of(host).id;
  if (from == to) return;
  const JournalRecord& departed = run_in(from, DepartCommand{to}, at);
  run_in(to, ArriveCommand{departed.event<HouseholdDeparted>()->contents}, at);
}

bool Books::knows(const PersonId& id) const {
  return std::any_of(households_.begin(), households_.end(),
                     [&](const auto& entry) { return entry.second.state.find(id) != nullptr; });
}

const Household& Books::home_of(const PersonId& id) const {
  for (const auto& entry : households_)
    if (entry.second.state.find(id) != nullptr) return entry.second.state;
  throw std::out_of_range{"nobody is called " + id.text()};
}

const Person& Books::person(const PersonId& id) const { return *home_of(id).find(id); }

const JournalRecord& Books::record(Sequence sequence) const {
  return *journal_.at(sequence.number() - 1);
}

HouseholdId Books::household_for(const Command& command, Instant at) {
  const PersonId subject = subject_of(command);
  if (!knows(subject)) return HouseholdId{households_.size() + 1};
  if (const auto* form = std::get_if<FormNetworkCommand>(&command))
    for (const NewMember& member : form->members)
      if (knows(member.id)) unite(subject, member.id, at);
  if (const auto* bind = std::get_if<BindCommand>(&command))
    if (knows(bind->member.id)) unite(subject, bind->member.id, at);
  if (const auto* rebind = std::get_if<RebindCommand>(&command))
    if (knows(rebind->member.id)) unite(subject, rebind->member.id, at);
  return home_of(subject).id;
}

RecordPtr Books::original_of(const Command& command) const {
  Sequence original;
  if (const auto* reverse = std::get_if<ReverseCommand>(&command)) original = reverse->original;
  if (const auto* reapply = std::get_if<ReapplyCommand>(&command)) original = reapply->original;
  if (const auto* refund = std::get_if<PartialRefundCommand>(&command)) original = refund->original;
  if (const auto* tax = std::get_if<AnswerTaxCommand>(&command)) original = tax->contribution;
  if (const auto* insurer = std::get_if<AnswerInsurerCommand>(&command))
    original = insurer->contribution;
  if (original.is_none() || original.number() > journal_.size()) return nullptr;
  return journal_[original.number() - 1];
}

}  // namespace gongji::test
