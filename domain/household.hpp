// A household: one person, or the persons connected by links not yet closed. It is the unit of
// consistency: one household = one actor = one order of events. State is a fold over its events
// (domain/evolve.hpp); nothing else changes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/person.hpp"
#include "domain/profile.hpp"

namespace gongji {

// One member of one network. The link, not the network, carries quota and window (Shanxi).
struct Link {
  LinkId id;
  PersonId member;
  Relation relation = Relation::kOther;
  std::optional<Fen> quota;  // as authorised; nothing = no quota (Shanghai)
  Fen quota_left;            // cumulative quotas only
  DateWindow window;
  Instant bound_at;            // several authorisers pay in this order (registration)
  std::string organiser_area;  // insured places at binding (SX-23)
  std::string member_area;
  std::vector<Mode> modes = {};  // what this member may use; empty = all the network has on
  bool operator==(const Link&) const = default;
};

// The network of one organiser (Shanghai) or authoriser (Shanxi). There is no fund account: the
// fund is a live view of the organiser's own buckets (SH-08, SH-33, SX-40).
struct Network {
  PersonId organiser;
  std::string family;  // profile family; the dated profile that is valid at decision time applies
  bool modes_confirmed = false;
  std::vector<Mode> modes;
  std::vector<Link> links;  // in order of registration
  bool operator==(const Network&) const = default;
};

enum class ReversalKind : std::uint8_t {
  kCancel,  // 2103, 2208, 2305: by settlement id, leaves a negative record
  kUndo,    // 2601: by message id, as if it never happened
};

struct ReversalMark {
  Sequence original;
  ReversalKind kind = ReversalKind::kCancel;
  PersonId patient = {};  // with whom the mark travels
  bool operator==(const ReversalMark&) const = default;
};

// Money out of one bucket of one person, or into it. `link` names the authorisation for family
// money; `year` the insurance year of current-year money.
struct Leg {
  PersonId owner;
  Bucket bucket = Bucket::kCarryover;
  Fen amount;
  LinkId link;   // none for the owner's own use
  int year = 0;  // 0 for carry-over
  bool operator==(const Leg&) const = default;
};

enum class ContributionStatus : std::uint8_t {
  kPending,    // waits for the tax side (SX-33); no money moved
  kConfirmed,  // the tax side withdrew its entry; the next order pays
  kPaid,
  kRefused,   // by the tax side
  kReversed,  // paid, refused by the insurer, and given back
};

// An order for a premium or a commercial product (SH-26, SX-27). Lives with who pays.
struct Contribution {
  OrderId id;
  PersonId person;      // for whom
  PersonId payer;       // whose account
  std::string purpose;  // "RESIDENT_PREMIUM"
  std::string product;  // "HUHUIBAO" or ""
  int year = 0;         // of insurance
  Fen amount;
  ContributionStatus status = ContributionStatus::kPaid;
  bool own_purchase = false;    // SH-44: the holder's own money, no network asked
  bool awaits_insurer = false;  // paid; the insurer has not said yet whether the policy stands
  std::vector<Leg> legs;        // taken; empty while nothing is paid
  bool operator==(const Contribution&) const = default;
};

// A refund whose owner's account is closed; the agency looks for the owner (GX-09).
struct SuspenseEntry {
  PersonId owner;
  Fen amount;
  Sequence original;  // the settlement, none for a contribution
  OrderId order;      // the contribution, none for a settlement
  bool operator==(const SuspenseEntry&) const = default;
};

// SH-34: supervision looks at a settlement or at a link. Decides nothing.
struct Review {
  Sequence settlement;  // or none
  LinkId link;          // or none
  PersonId person;      // with whom it travels: the patient, or the member
  std::string note;
  bool operator==(const Review&) const = default;
};

struct Household {
  HouseholdId id;
  std::vector<Person> persons;
  std::vector<Network> networks;  // in order of formation
  std::vector<ReversalMark> reversals;
  std::uint32_t links_made = 0;  // next LinkId = id * 2^20 + links_made
  HouseholdId moved_to;          // set once the whole household merged into another one
  std::vector<Contribution> contributions;
  std::uint32_t orders_made = 0;  // next OrderId likewise
  std::vector<SuspenseEntry> suspense;
  std::vector<Review> reviews;

  [[nodiscard]] const Person* find(const PersonId& id) const;
  [[nodiscard]] Person* find(const PersonId& id);
  [[nodiscard]] const Network* network_of(const PersonId& organiser) const;
  [[nodiscard]] Network* network_of(const PersonId& organiser);
  [[nodiscard]] const ReversalMark* reversal_of(Sequence original) const;
  [[nodiscard]] Link* link(LinkId id);
  [[nodiscard]] const Link* link(LinkId id) const;
  [[nodiscard]] const Contribution* contribution(OrderId id) const;
  [[nodiscard]] Contribution* contribution(OrderId id);
  // Σ of all buckets of all persons, and of what waits for its owner.
  [[nodiscard]] Fen total() const;
  bool operator==(const Household&) const = default;
};

// One fund a member may draw on: the network it belongs to and his link in it.
struct FundView {
  const Network* network;
  const Link* link;
  const Person* organiser;
};

// The groups of persons joined by links, each in the order of `persons`; one group = nothing to
// split.
std::vector<std::vector<PersonId>> components(const Household& household);
// Takes these persons out, with the networks, orders and marks that go with them. The result has
// the id it came from and no counters.
Household extract(Household& household, const std::vector<PersonId>& persons);

Fen sum_of(const std::vector<Leg>& legs);

// Every link in which the person is the member, in order of registration.
std::vector<FundView> funds_of(const Household& household, const PersonId& member);

}  // namespace gongji
