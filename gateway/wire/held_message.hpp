// A message that is held until its signature has been verified; whatever thread the verdict comes
// from, it goes on on the session's own loop thread.
#pragma once

#include <memory>
#include <utility>

#include "gateway/auth/signature_desk.hpp"
#include "gateway/exchange.hpp"
#include "gateway/wire/intake.hpp"

namespace gongji::gateway::wire {

struct HeldMessage {
  MessageContext message;
  Asked asked;
  std::unique_ptr<AnswerSlot> slot;
};

// What happens on the loop thread once the verdict is there. Outlives every held message.
class VerdictSink {
 public:
  virtual ~VerdictSink() = default;
  virtual void on_verdict(HeldMessage held, bool good) = 0;
};

std::unique_ptr<auth::SignedMessage> hold(VerdictSink& sink, HeldMessage held);
// Undoes hold(), when the desk would not have it.
HeldMessage take_back(std::unique_ptr<auth::SignedMessage> held);

}  // namespace gongji::gateway::wire
