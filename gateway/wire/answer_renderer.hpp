// Hop 8 of 8: the reply. Renders the answer to one message. What was decided is rendered from its
// journal record alone, envelope and times included, so the same record gives the same bytes for
// ever: after a repeat, after a restart, over either transport. The bytes go back to the session
// (gateway/http, gateway/tcp), which writes them in order and gives the admission token back.
#pragma once

#include <atomic>
#include <functional>
#include <string_view>

#include "gateway/exchange.hpp"
#include "gateway/wire/envelope_writer.hpp"
#include "gateway/wire/message_context.hpp"
#include "ports/clock.hpp"

namespace gongji::gateway::wire {

struct RenderedAnswer {
  Answer answer;
  TransactionOutcome outcome = TransactionOutcome::kUnknown;
  Reason reason = Reason::kNone;  // when it was refused
  Sequence record{};              // from which it was rendered; none = from no record
};

class AnswerRenderer {
 public:
  AnswerRenderer(const Clock& clock, const QuoteKey& quote_key, int retry_after_s)
      : clock_(clock), quote_key_(quote_key), retry_after_s_(retry_after_s) {}

  // All: any loop thread.
  [[nodiscard]] RenderedAnswer render(const MessageContext& message, const Reply& reply) const;
  // Nothing was decided. Refusals for load also say when to come back.
  [[nodiscard]] RenderedAnswer render_refusal(const MessageContext& message,
                                              const Refusal& refusal) const;
  // -1: nobody can say.
  [[nodiscard]] RenderedAnswer render_unknown(const MessageContext& message) const;
  // `output` is the JSON text of what no record holds.
  [[nodiscard]] RenderedAnswer render_output(const MessageContext& message,
                                             std::string_view output) const;
  // The same, written straight into the answer.
  [[nodiscard]] RenderedAnswer render_output(
      const MessageContext& message, const std::function<void(json::JsonWriter& out)>& write) const;
  // 9001 and 9002.
  [[nodiscard]] RenderedAnswer render_sign_in(const MessageContext& message) const;
  [[nodiscard]] RenderedAnswer render_sign_out(const MessageContext& message) const;

 private:
  [[nodiscard]] RenderedAnswer render_recorded(const MessageContext& message,
                                               const Recorded& recorded) const;
  [[nodiscard]] RenderedAnswer render_found(const MessageContext& message,
                                            const MessageFound& found) const;
  [[nodiscard]] AnswerEnvelope fresh_envelope(const MessageContext& message) const;
  std::uint64_t next_serial() const { return 1 + serial_.fetch_add(1, std::memory_order_relaxed); }

  const Clock& clock_;
  const QuoteKey quote_key_;
  const int retry_after_s_;
  mutable std::atomic<std::uint64_t> serial_{0};  // numbers the answers that no record numbers
};

// Where two bills of the same business fact differ in person or amounts:
// "input.data.medfee_sumamt", or nothing.
std::optional<std::string_view> first_bill_difference(const SettleCommand& recorded,
                                                      const SettleCommand& sent);

}  // namespace gongji::gateway::wire
