// A household as the copy for readers shows it (ports/hot_balances.hpp). Plain functions of the
// state.
#pragma once

#include <string>

#include "domain/decide.hpp"
#include "domain/record.hpp"
#include "ports/hot_balances.hpp"

namespace gongji::actors {

// "ORGANISER", "MEMBER" or "".
std::string role_of(const Household& state, const PersonId& person, const Context& context);

// Everything there is to show, for a reader who knows nothing yet. The epoch is the caller's.
HotHousehold hot_view(const HouseholdImage& image, const Context& context);

// What changed with this record, which was just applied: a settlement touches a few balances and
// nobody's details. Sequence and epoch are the journal writer's.
HotHousehold hot_change(const Household& state, const JournalRecord& record,
                        const Context& context);

}  // namespace gongji::actors
