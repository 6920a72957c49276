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
  bool operator==(const ReversalMark&) const = default;
};

struct Household {
  HouseholdId id;
  std::vector<Person> persons;
  std::vector<Network> networks;  // in order of formation
  std::vector<ReversalMark> reversals;
  std::uint32_t links_made = 0;  // next LinkId = id * 2^20 + links_made
  HouseholdId moved_to;          // set once the whole household merged into another one

  [[nodiscard]] const Person* find(const PersonId& id) const;
  [[nodiscard]] Person* find(const PersonId& id);
  [[nodiscard]] const Network* network_of(const PersonId& organiser) const;
  [[nodiscard]] Network* network_of(const PersonId& organiser);
  [[nodiscard]] const ReversalMark* reversal_of(Sequence original) const;
  [[nodiscard]] Link* link(LinkId id);
  // Σ of all buckets of all persons.
  [[nodiscard]] Fen total() const;
  bool operator==(const Household&) const = default;
};

// One fund a member may draw on: the network it belongs to and his link in it.
struct FundView {
  const Network* network;
  const Link* link;
  const Person* organiser;
};

// Every link in which the person is the member, in order of registration.
std::vector<FundView> funds_of(const Household& household, const PersonId& member);

}  // namespace gongji
