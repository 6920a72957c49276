// What a record's events say they do to the money of their household; the audit compares it with
// what the fold really did.
#pragma once

#include "domain/event.hpp"

namespace gongji::ctl {

struct MoneyFlow {
  Fen enrolled;
  Fen taken;
  Fen returned;
  Fen arrived;
  Fen departed;

  [[nodiscard]] Fen change() const { return enrolled - taken + returned + arrived - departed; }
};

MoneyFlow money_flow(const Events& events);

// The first reference to a person or network that the household does not have when the event comes,
// as a sentence; "" when there is none. Folding such an event would end the process.
std::string first_stranger(const Household& household, const Events& events);

}  // namespace gongji::ctl
