// What a record's events say they do to the money of their household. The auditor adds this up by
// himself, with nothing of the code that decides or folds, and compares it with what the fold did.
#pragma once

#include "domain/event.hpp"

namespace gongji::ctl {

// Every way in and out of the books; amounts are positive.
struct MoneyFlow {
  // in
  Fen enrolled;     // opening balances
  Fen credited;     // by the core system (SH-35)
  Fen interest;     // with the year roll (SH-36)
  Fen returned;     // by reversals of settlements, money into suspense included
  Fen handed_back;  // by reversed contributions, likewise
  // out
  Fen taken;            // by settlements
  Fen contributed;      // premiums and products
  Fen debited;          // by the core system (SH-24)
  Fen transferred_out;  // with closed accounts (SH-33)
  // from one household to another
  Fen arrived;
  Fen departed;

  // What changed inside the books, moves aside.
  [[nodiscard]] Fen net() const {
    return enrolled + credited + interest + returned + handed_back - taken - contributed - debited -
           transferred_out;
  }
  // What changed in the record's own household.
  [[nodiscard]] Fen change() const { return net() + arrived - departed; }
  MoneyFlow& operator+=(const MoneyFlow& other);
};

MoneyFlow money_flow(const Events& events);

}  // namespace gongji::ctl
