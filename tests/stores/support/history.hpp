// Writes a small, consistent history: records that continue their household's last one and claim
// the balances their events give, and beside them the images a store must come to.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/evolve.hpp"
#include "domain/record.hpp"

namespace gongji::stores::testing {

class History {
 public:
  // Continues `last`, as the records of a store opened in `epoch` must.
  explicit History(Epoch epoch, Sequence last = {}) : epoch_(epoch), last_(last) {}

  RecordPtr enrol(HouseholdId household, const std::string& person, Fen carryover);
  // Own money from carry-over.
  RecordPtr settle(HouseholdId household, const std::string& person, Fen amount);
  // The same at that institution: employee, area 440100, profile SH-2025, infno 2102.
  RecordPtr sell(HouseholdId household, const std::string& person, const std::string& institution,
                 Fen amount);
  // A settlement goes back to where it came from, or stands again after a cancel.
  RecordPtr take_back(const RecordPtr& sale, ReversalKind kind);
  RecordPtr reapply(const RecordPtr& sale, Sequence cancel);
  RecordPtr refuse(HouseholdId household);
  RecordPtr tombstone();
  RecordPtr depart(HouseholdId from, HouseholdId to);
  // These persons, with nothing between them and the others.
  RecordPtr split(HouseholdId from, HouseholdId to, const std::vector<PersonId>& persons);
  // The contents as that departure carried them; none = the last one.
  RecordPtr arrive(HouseholdId to, Sequence departed = {});
  // A premium order that waits for the tax side, and the tax side's word on it.
  RecordPtr order(HouseholdId household, const std::string& person);
  RecordPtr answer(Sequence order);
  // A supervision mark.
  RecordPtr review(HouseholdId household, const std::string& person);
  // As the other calls, for tests that forge records.
  RecordPtr add(HouseholdId household, Command command, Outcome outcome);

  void next_day() { now_ += std::chrono::days{1}; }
  // After a reopening.
  void next_epoch(Epoch epoch) { epoch_ = epoch; }

  [[nodiscard]] const HouseholdImage& image(HouseholdId household) { return images_[household]; }
  [[nodiscard]] const std::vector<RecordPtr>& records() const { return records_; }
  // The message key that record has.
  static KeyHash key_of(Sequence sequence);

 private:
  Epoch epoch_;
  Sequence last_;
  Origin origin_;  // of the next record
  Instant now_{std::chrono::milliseconds{1'795'000'000'000}};
  std::map<Sequence, Household> departed_;  // by departure
  std::map<HouseholdId, HouseholdImage> images_;
  std::vector<RecordPtr> records_;
};

inline RecordPtr History::enrol(HouseholdId household, const std::string& person, Fen carryover) {
  Person enrolled;
  enrolled.id = PersonId{person};
  enrolled.carryover = carryover;
  return add(household, EnrolCommand{enrolled}, Events{PersonEnrolled{enrolled}});
}

inline RecordPtr History::settle(HouseholdId household, const std::string& person, Fen amount) {
  SettleCommand command;
  command.patient = PersonId{person};
  Settled settled;
  settled.patient = command.patient;
  settled.bill = amount;
  settled.own = {{command.patient, Bucket::kCarryover, amount, LinkId{}}};
  return add(household, command, Events{settled});
}

inline RecordPtr History::sell(HouseholdId household, const std::string& person,
                               const std::string& institution, Fen amount) {
  SettleCommand command;
  command.patient = PersonId{person};
  command.place = {InstitutionCode{institution}, "440100", Channel::kPharmacy, true};
  command.med_type = "41";
  command.parts.medfee_sum = amount;
  Settled settled;
  settled.patient = command.patient;
  settled.card.scheme = Scheme::kEmployee;
  settled.bill = amount;
  settled.own = {{command.patient, Bucket::kCarryover, amount, LinkId{}}};
  return add(household, command, Events{settled});
}

inline RecordPtr History::take_back(const RecordPtr& sale, ReversalKind kind) {
  const Settled& settled = *sale->event<Settled>();
  origin_.key.institution = std::get<SettleCommand>(sale->command).place.institution;
  return add(sale->household, ReverseCommand{settled.patient, sale->sequence, kind},
             Events{SettlementReversed{sale->sequence, kind, settled.patient, settled.own, {}}});
}

inline RecordPtr History::reapply(const RecordPtr& sale, Sequence cancel) {
  const Settled& settled = *sale->event<Settled>();
  origin_.key.institution = std::get<SettleCommand>(sale->command).place.institution;
  return add(sale->household, ReapplyCommand{settled.patient, sale->sequence, cancel},
             Events{SettlementReapplied{sale->sequence, cancel, settled.patient, settled.own}});
}

inline RecordPtr History::refuse(HouseholdId household) {
  return add(household, SettleCommand{}, Refusal{Reason::kQuota, "5.00", {}, {}});
}

inline RecordPtr History::tombstone() { return add(HouseholdId{}, TombstoneCommand{}, Events{}); }

inline RecordPtr History::depart(HouseholdId from, HouseholdId to) {
  const Household& contents = departed_[last_.next()] = images_[from].state;
  return add(from, DepartCommand{to, {}}, Events{HouseholdDeparted{to, contents}});
}

inline RecordPtr History::split(HouseholdId from, HouseholdId to,
                                const std::vector<PersonId>& persons) {
  Household rest = images_[from].state;
  const Household& contents = departed_[last_.next()] = extract(rest, persons);
  return add(from, DepartCommand{to, persons}, Events{HouseholdDeparted{to, contents}});
}

inline RecordPtr History::arrive(HouseholdId to, Sequence departed) {
  if (departed.is_none()) departed = departed_.rbegin()->first;
  const Household& contents = departed_.at(departed);
  return add(to, ArriveCommand{contents, departed}, Events{ContentsArrived{contents, departed}});
}

inline RecordPtr History::order(HouseholdId household, const std::string& person) {
  ContributeCommand command;
  command.person = PersonId{person};
  ContributionOrdered ordered;
  ordered.order.id = OrderId{last_.number() + 1};
  ordered.order.person = ordered.order.payer = command.person;
  ordered.order.year = static_cast<int>(last_.number());  // no two orders for the same thing
  ordered.order.status = ContributionStatus::kPending;
  return add(household, command, Events{ordered});
}

inline RecordPtr History::answer(Sequence order) {
  const auto& ordered = records_.at(order.number() - records_.front()->sequence.number());
  AnswerTaxCommand command;
  command.payer = std::get<ContributeCommand>(ordered->command).person;
  command.contribution = order;
  const OrderId id = ordered->event<ContributionOrdered>()->order.id;
  return add(ordered->household, command, Events{ContributionAnswered{id, true, ""}});
}

inline RecordPtr History::review(HouseholdId household, const std::string& person) {
  ReviewCommand command;
  command.review = {last_.next(), LinkId{}, PersonId{person}, "seen"};
  return add(household, command, Events{ReviewMarked{command.review, true}});
}

inline RecordPtr History::add(HouseholdId household, Command command, Outcome outcome) {
  auto record = std::make_shared<JournalRecord>();
  record->sequence = last_ = last_.next();
  record->epoch = epoch_;
  record->household = household;
  record->at = now_ += std::chrono::seconds{1};
  record->keys = {key_of(last_)};
  record->origin = std::exchange(origin_, {});
  record->profile.id = "SH-2025";
  record->command = std::move(command);
  record->outcome = std::move(outcome);
  if (!household.is_none()) {
    HouseholdImage& image = images_[household];
    record->previous = image.last_sequence;
    image.state.id = household;
    if (const auto* events = std::get_if<Events>(&record->outcome)) {
      image.state = evolve(image.state, *events);
      record->balances = balances_touched(image.state, *events);
    }
    image.last_sequence = record->sequence;
    image.last_at = record->at;
  }
  records_.push_back(record);
  return record;
}

inline KeyHash History::key_of(Sequence sequence) {
  KeyHash key{};
  for (std::size_t i = 0; i < 8; ++i)
    key[i] = static_cast<std::uint8_t>((sequence.number() * 0x9E3779B97F4A7C15U) >> (8 * i));
  return key;
}

}  // namespace gongji::stores::testing
