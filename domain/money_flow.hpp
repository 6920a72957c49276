// What an event does to the money of its household as a whole: the figure every audit starts from.
#pragma once

#include "domain/event.hpp"

namespace gongji {

// Fen that came in (positive) or left (negative); 0 for what only moves between buckets.
Fen net_change(const Event& event);
Fen net_change(const Events& events);

}  // namespace gongji
