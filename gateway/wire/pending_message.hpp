// A message that waits for its decision. The service holds the ticket; whatever thread it completes
// on, the answer is rendered on the session's own loop thread.
#pragma once

#include <memory>

#include "gateway/exchange.hpp"
#include "gateway/wire/message_context.hpp"

namespace gongji::gateway::wire {

// What happens on the loop thread once the reply is there. Outlives every ticket.
class ReplySink {
 public:
  virtual ~ReplySink() = default;
  virtual void on_reply(const MessageContext& message, const Reply& reply, AnswerSlot& slot) = 0;
};

std::unique_ptr<ReplyTicket> make_ticket(ReplySink& sink, MessageContext message,
                                         std::unique_ptr<AnswerSlot> slot);

}  // namespace gongji::gateway::wire
