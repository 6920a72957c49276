// The insured status that both sides of a new link must have (SX-04, SX-19…21): insured, not
// suspended, one main insurance relation chosen, and the right one.
#pragma once

#include <initializer_list>
#include <optional>

#include "domain/event.hpp"
#include "domain/person.hpp"
#include "domain/profile.hpp"

namespace gongji {

// Cause by cause in the fixed order, at each the persons in the order given.
std::optional<Refusal> check_status(const Profile& profile,
                                    std::initializer_list<const Person*> persons, CivilDate day);

}  // namespace gongji
