// evolve: the other half of decide. Applies one event to a household and returns it; total over all
// events, never refuses. An event that does not fit its household (a leg of a stranger) is a bug in
// decide or a forged journal and ends the process: nothing may settle on such a state.
#pragma once

#include "domain/event.hpp"
#include "domain/household.hpp"

namespace gongji {

Household evolve(Household household, const Event& event);
Household evolve(Household household, const Events& events);

}  // namespace gongji
