// A journal record: one decided command. It is the truth the project stands on: the command as it
// was asked, who asked, what was decided under which profile, and the balances after. An answer is
// rendered from its record alone, so a repeated message gets the first answer byte for byte.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "domain/command.hpp"
#include "domain/event.hpp"
#include "domain/ids.hpp"
#include "domain/result.hpp"
#include "domain/time.hpp"

namespace gongji {

// Who sent a command, and the message as it came.
struct Origin {
  MessageKey key;
  Digest digest{};             // SHA-256 of `business_input`
  std::string business_input;  // canonical documented input fields, opaque to the domain
  Instant received_at;         // before admission
  std::string channel;         // pharmacy, hospital, app, counter, import … (SH-38)
  std::string operator_id;     // opter, or the clerk (SH-39)
  std::string acting_person;   // on whose behalf
  bool operator==(const Origin&) const = default;
};

struct BalanceAfter {
  PersonId person;
  Fen current_year;
  Fen carryover;
  bool operator==(const BalanceAfter&) const = default;
};

// Empty events = applied, nothing moved.
using Outcome = std::variant<Events, Refusal>;

struct JournalRecord {
  Sequence sequence;      // set by the journal writer when the record is handed over
  Epoch epoch;            // likewise
  HouseholdId household;  // none for tombstones and visits
  Sequence previous;      // the household's record before this one; none for its first
  Instant at;             // decision time, never before the household's last (GX-13)
  Origin origin;
  std::vector<KeyHash> keys;  // message key first, then business keys and aliases; a later record
                              // with the same key takes its place in the index
  ProfileRef profile;         // what decided it (GX-11)
  Command command;
  Outcome outcome;
  std::vector<BalanceAfter> balances;  // of every person the events touched

  [[nodiscard]] bool applied() const { return std::holds_alternative<Events>(outcome); }
  // What a settlement was asked for, whichever command brought it about; null for other records.
  [[nodiscard]] const SettleCommand* settle_command() const;
  [[nodiscard]] const Refusal* refusal() const { return std::get_if<Refusal>(&outcome); }
  // The first event of that kind, or nothing.
  template <class E>
  [[nodiscard]] const E* event() const {
    if (const auto* events = std::get_if<Events>(&outcome))
      for (const Event& event : *events)
        if (const auto* found = std::get_if<E>(&event)) return found;
    return nullptr;
  }
  bool operator==(const JournalRecord&) const = default;
};

using RecordPtr = std::shared_ptr<const JournalRecord>;

// A household together with where it stands in the journal: what a snapshot stores.
struct HouseholdImage {
  Household state;
  Sequence last_sequence;
  Instant last_at;
  bool operator==(const HouseholdImage&) const = default;
};

// Applies a record to the image of its household and checks what the record claims: the chain of
// `previous`, the order of time and every balance after. The error is a sentence for the auditor.
Result<HouseholdImage, std::string> fold(HouseholdImage image, const JournalRecord& record);

// The balances a record must claim: of every person its events touched, as `state` has them now.
std::vector<BalanceAfter> balances_touched(const Household& state, const Events& events);

}  // namespace gongji
