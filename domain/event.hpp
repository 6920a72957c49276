// Events: what happened, in the past tense. State is the fold of events; they are journaled and
// never change meaning. Money moves only in settlements and their reversals, contributions and
// their reversals, credits, debits, rolls, transfers out, and PersonEnrolled (opening balances).
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
  std::vector<YearMoney> taken_by_year;  // `current_year_taken` by insurance year

  [[nodiscard]] Split split() const;
  bool operator==(const Settled&) const = default;
};

// Every leg goes back to the bucket it came from and refills the link it was taken from (GX-05);
// current-year money rolled since goes to carry-over (GX-08), money of a closed account waits for
// its owner (GX-09).
struct SettlementReversed {
  Sequence original;
  ReversalKind kind = ReversalKind::kCancel;
  PersonId patient;
  std::vector<Leg> returned;  // all legs, current-year money included
  Fen cash_back;
  std::vector<Leg> suspense = {};
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

struct RelationCorrected {
  PersonId organiser;
  LinkId link;
  Relation relation = Relation::kOther;
  bool operator==(const RelationCorrected&) const = default;
};

// Money in from the core system (SH-35).
struct AccountCredited {
  PersonId person;
  Bucket bucket = Bucket::kCarryover;
  Fen amount;
  int year = 0;  // of current-year money
  std::string reason;
  bool operator==(const AccountCredited&) const = default;
};

// Money the core took outside a settlement (SH-24).
struct AccountDebited {
  PersonId person;
  Bucket bucket = Bucket::kCarryover;
  Fen amount;
  std::string reason;
  bool operator==(const AccountDebited&) const = default;
};

// The year-end roll (SH-36): current-year money becomes carry-over, with interest as given.
struct YearRolled {
  PersonId person;
  int year = 0;  // of the closing day
  Fen moved;
  Fen interest;
  bool operator==(const YearRolled&) const = default;
};

// The account is closed and everything in it left (SH-33).
struct AccountTransferredOut {
  PersonId person;
  Fen current_year;
  Fen carryover;
  std::string reason;
  bool operator==(const AccountTransferredOut&) const = default;
};

// A new order; when it is paid it takes the place of the one the tax side confirmed.
struct ContributionOrdered {
  Contribution order;
  std::string person_name;  // for the certificate, as they were
  std::string payer_name;
  std::string certno;
  std::string area;
  bool operator==(const ContributionOrdered&) const = default;
};

// The tax side's word on a pending order (SX-33).
struct ContributionAnswered {
  OrderId order;
  bool accepted = true;
  std::string detail;
  bool operator==(const ContributionAnswered&) const = default;
};

// The insurer has the policy; ends the waiting, moves nothing.
struct ContributionInsured {
  OrderId order;
  bool operator==(const ContributionInsured&) const = default;
};

// The insurer refused: everything goes back (SH-26).
struct ContributionReversed {
  OrderId order;
  std::vector<Leg> returned;
  std::vector<Leg> suspense;
  std::string detail;
  bool operator==(const ContributionReversed&) const = default;
};

struct ReviewMarked {
  Review review;
  bool under_review = true;  // false: lifted
  bool operator==(const ReviewMarked&) const = default;
};

// Some or all of a household left for `to`; ContentsArrived there must carry the same contents. A
// crash between the two leaves them here, once, for the restart to deliver.
struct HouseholdDeparted {
  HouseholdId to;
  Household contents;
  bool operator==(const HouseholdDeparted&) const = default;
};

struct ContentsArrived {
  Household contents;
  Sequence departed = {};  // where they came from: the record before this one in their history
  bool operator==(const ContentsArrived&) const = default;
};

using Event = std::variant<Settled, SettlementReversed, SettlementReapplied, PersonEnrolled,
                           PersonDetailsChanged, NetworkFormed, ModesConfirmed, MemberBound,
                           MemberUnbound, NetworkDisbanded, HouseholdDeparted, ContentsArrived,
                           RelationCorrected, AccountCredited, AccountDebited, YearRolled,
                           AccountTransferredOut, ContributionOrdered, ContributionAnswered,
                           ContributionInsured, ContributionReversed, ReviewMarked>;
using Events = std::vector<Event>;

// Why a command was refused. `detail` names the field, amounts or person concerned, for the person
// who sent it; `new_split` comes with kQuoteStale.
struct Refusal {
  Reason reason = Reason::kNone;
  std::string detail;
  std::optional<Split> new_split;
  std::optional<NextStep> next_step;  // when it differs from the reason's usual one (SX-21)
  std::optional<Fen> limit = {};      // the amount that would have passed, where there is one
  bool operator==(const Refusal&) const = default;
};

}  // namespace gongji
