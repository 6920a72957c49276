// Events: what happened, in the past tense. State is the fold of events; they are journaled and
// never change meaning. Money moves only in Settled, SettlementReversed, SettlementReapplied and
// PersonEnrolled (opening balances).
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "domain/command.hpp"
#include "domain/household.hpp"
#include "domain/ids.hpp"
#include "domain/money.hpp"
#include "domain/reason.hpp"

namespace gongji {

// Money out of one bucket of one person. `link` names the authorisation for family money.
struct Leg {
  PersonId owner;
  Bucket bucket = Bucket::kCarryover;
  Fen amount;
  LinkId link;  // none for the patient's own money
  bool operator==(const Leg&) const = default;
};

struct Settled {
  PersonId patient;
  PersonCard card;  // as it was, for the answer
  Fen bill;         // what personal accounts may pay
  std::vector<Leg> own;
  std::vector<Leg> family;
  Fen cash;                // of the bill; what lies outside the bill is cash as well
  Fen current_year_taken;  // debited to the patient's current_year
  Reason zero_reason = Reason::kNone;
  std::optional<bool> counts_relief;  // of the family part; nothing when 0 or unset
  std::optional<bool> counts_deductible;

  [[nodiscard]] Split split() const;
  bool operator==(const Settled&) const = default;
};

// Every leg goes back to the bucket it came from and refills the link it was taken from (GX-05).
struct SettlementReversed {
  Sequence original;
  ReversalKind kind = ReversalKind::kCancel;
  PersonId patient;
  std::vector<Leg> returned;  // all legs, current-year money included
  Fen cash_back;
  bool operator==(const SettlementReversed&) const = default;
};

struct SettlementReapplied {
  Sequence original;
  Sequence cancel;
  PersonId patient;
  std::vector<Leg> taken;
  bool operator==(const SettlementReapplied&) const = default;
};

struct PersonEnrolled {
  Person person;
  bool operator==(const PersonEnrolled&) const = default;
};

// New details; the balances inside `person` are not applied.
struct PersonDetailsChanged {
  Person person;
  bool operator==(const PersonDetailsChanged&) const = default;
};

struct NetworkFormed {
  PersonId organiser;
  std::string family;
  bool operator==(const NetworkFormed&) const = default;
};

struct ModesConfirmed {
  PersonId organiser;
  std::vector<Mode> modes;
  bool operator==(const ModesConfirmed&) const = default;
};

struct MemberBound {
  PersonId organiser;
  Link link;
  bool operator==(const MemberBound&) const = default;
};

struct MemberUnbound {
  PersonId organiser;
  LinkId link;
  bool operator==(const MemberUnbound&) const = default;
};

struct NetworkDisbanded {
  PersonId organiser;
  bool operator==(const NetworkDisbanded&) const = default;
};

// The whole household left for `to`, with everything in it; ContentsArrived there must carry the
// same contents. A crash between the two leaves them here, once, for the restart to deliver.
struct HouseholdDeparted {
  HouseholdId to;
  Household contents;
  bool operator==(const HouseholdDeparted&) const = default;
};

struct ContentsArrived {
  Household contents;
  bool operator==(const ContentsArrived&) const = default;
};

using Event = std::variant<Settled, SettlementReversed, SettlementReapplied, PersonEnrolled,
                           PersonDetailsChanged, NetworkFormed, ModesConfirmed, MemberBound,
                           MemberUnbound, NetworkDisbanded, HouseholdDeparted, ContentsArrived>;
using Events = std::vector<Event>;

// Why a command was refused. `detail` names the field, amounts or person concerned, for the person
// who sent it; `new_split` comes with kQuoteStale.
struct Refusal {
  Reason reason = Reason::kNone;
  std::string detail;
  std::optional<Split> new_split;
  std::optional<NextStep> next_step;  // when it differs from the reason's usual one (SX-21)
  bool operator==(const Refusal&) const = default;
};

Fen sum_of(const std::vector<Leg>& legs);

}  // namespace gongji
