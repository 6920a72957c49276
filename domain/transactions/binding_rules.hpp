// The checks a new link must pass, in the fixed reporting order: self, organiser's scheme,
// relation, network or chain, rebind, status of both, carry-over, quota.
#pragma once

#include <optional>

#include "domain/decide.hpp"

namespace gongji {

// What one binding looks at. `forming`: the network itself comes into being with it.
struct Binding {
  const Household& household;
  const Profile& profile;
  const Person& organiser;
  const NewMember& asked;
  const Person* member;  // null when the books do not know him
  CivilDate day;
  bool forming = false;
  bool organiser_taken = false;  // as has_network_role said before the network came into being
};

// Whether the person organises or, where joining is barred by any role, belongs (SH-12). A Shanxi
// authoriser without links has no role.
bool has_network_role(const Household& household, const Profile& profile, const PersonId& person);
// The organiser alone, when a network is formed without members (SH-01…03, 12, SX-01, 04, 16, 19).
std::optional<Refusal> check_organiser(const Household& household, const Profile& profile,
                                       const Person& organiser, CivilDate day);
std::optional<Refusal> check_binding(const Binding& binding);

}  // namespace gongji
