// The two outside parties of a contribution. Calls are requests: the answer comes later, as a
// command of its own, and may be lost on the way, so every open request is sent again until it is
// answered (domain/marks.hpp keeps the list across restarts). Asking twice must do no harm.
#pragma once

#include <functional>
#include <string>

#include "domain/household.hpp"

namespace gongji {

struct CounterpartyAnswer {
  bool accepted = true;
  std::string detail;
};
// Called at most once per request, from any thread; dropped when the message was lost.
using OnAnswer = std::function<void(CounterpartyAnswer)>;

// Withdraws the tax authority's own payment entry of a special-group person (SX-33). Takes days.
class TaxAuthority {
 public:
  virtual ~TaxAuthority() = default;
  // `request` names the order, the same at every repetition. Any thread; does not block.
  virtual void withdraw(const std::string& request, const Contribution& order,
                        OnAnswer on_answer) = 0;
};

// Issues the policy of a commercial product that was paid for (SH-26).
class Insurer {
 public:
  virtual ~Insurer() = default;
  virtual void insure(const std::string& request, const Contribution& order,
                      OnAnswer on_answer) = 0;
};

}  // namespace gongji
