// A message becomes what is asked, or is turned away with what is wrong: one JSON document, its
// envelope, who sent it, its business input. Reads only; nothing is submitted here.
//
// Any loop thread. What it refers to outlives it.
#pragma once

#include <chrono>
#include <optional>
#include <variant>

#include "gateway/reconciliation/orders.hpp"
#include "gateway/wire/envelope_reader.hpp"
#include "gateway/wire/incoming.hpp"
#include "gateway/wire/quote_id.hpp"
#include "gateway/wire/sender_gate.hpp"

namespace gongji::gateway::wire {

// Of a household, of the reconciliation desk, or of nobody else: signing in and out.
using Asked = std::variant<std::monostate, Request, reconciliation::Order>;

class Intake {
 public:
  // `deadline_ms`: of one message, from its first byte.
  Intake(const PolicySource& policies, SenderGate& gate, const QuoteKey& quote_key,
         std::chrono::milliseconds deadline_ms)
      : policies_(policies), gate_(gate), quote_key_(quote_key), deadline_ms_(deadline_ms) {}

  // Fills `incoming.message`, `asked`, and `incoming.check` when the institution signs its
  // messages.
  [[nodiscard]] std::optional<Turned> read(Incoming& incoming, Asked& asked) const;

 private:
  std::optional<Turned> read_input_of(Incoming& incoming, const Envelope& envelope,
                                      const json::JsonNode& root, const Institution& institution,
                                      Asked& asked) const;
  std::optional<Turned> read_business(MessageContext& message, const Envelope& envelope,
                                      const json::JsonNode& input, const Institution& institution,
                                      Asked& asked) const;

  const PolicySource& policies_;
  SenderGate& gate_;
  const QuoteKey quote_key_;
  const std::chrono::milliseconds deadline_ms_;
};

}  // namespace gongji::gateway::wire
