// Strangers: events that name a person or a network their household does not have. No gateway
// writes such an event; folding it would end the process, so whoever reads a journal that may be
// damaged asks here first.
#pragma once

#include <string>

#include "domain/event.hpp"

namespace gongji::ctl {

// The first reference to a person or network that the household does not have when the event comes,
// as a sentence; "" when there is none.
std::string first_stranger(const Household& household, const Events& events);

}  // namespace gongji::ctl
