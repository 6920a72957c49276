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
  RecordPtr refuse(HouseholdId household);
  RecordPtr tombstone();
  RecordPtr depart(HouseholdId from, HouseholdId to);
  // The contents as the last departure carried them.
  RecordPtr arrive(HouseholdId to);
  // As the other calls, for tests that forge records.
  RecordPtr add(HouseholdId household, Command command, Outcome outcome);

  // After a reopening.
  void next_epoch(Epoch epoch) { epoch_ = epoch; }

  [[nodiscard]] const HouseholdImage& image(HouseholdId household) { return images_[household]; }
  [[nodiscard]] const std::vector<RecordPtr>& records() const { return records_; }
  // The message key that record has.
  static KeyHash key_of(Sequence sequence);

 private:
  Epoch epoch_;
  Sequence last_;
  Instant now_{std::chrono::milliseconds{1'795'000'000'000}};
  Household departed_;
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

inline RecordPtr History::refuse(HouseholdId household) {
  return add(household, SettleCommand{}, Refusal{Reason::kQuota, "5.00", {}, {}});
}

inline RecordPtr History::tombstone() { return add(HouseholdId{}, TombstoneCommand{}, Events{}); }

inline RecordPtr History::depart(HouseholdId from, HouseholdId to) {
  departed_ = images_[from].state;
  return add(from, DepartCommand{to}, Events{HouseholdDeparted{to, departed_}});
}

inline RecordPtr History::arrive(HouseholdId to) {
  return add(to, ArriveCommand{departed_}, Events{ContentsArrived{departed_}});
}

inline RecordPtr History::add(HouseholdId household, Command command, Outcome outcome) {
  auto record = std::make_shared<JournalRecord>();
  record->sequence = last_ = last_.next();
  record->epoch = epoch_;
  record->household = household;
  record->at = now_ += std::chrono::seconds{1};
  record->keys = {key_of(last_)};
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
