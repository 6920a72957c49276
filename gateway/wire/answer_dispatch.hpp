// The last thing that happens to a message: its answer is given to the session, and what became of
// it is counted and, when it was slow or nobody knows its outcome, told in the log.
//
// On the loop thread of the session. What it refers to outlives it.
#pragma once

#include "gateway/exchange.hpp"
#include "gateway/message_log.hpp"
#include "gateway/wire/answer_renderer.hpp"
#include "gateway/wire/incoming.hpp"
#include "ports/traffic.hpp"

namespace gongji::gateway::wire {

class AnswerDispatch {
 public:
  // `traffic` may be null.
  AnswerDispatch(Metrics& metrics, Traffic* traffic, std::chrono::milliseconds slow_ms)
      : metrics_(metrics), traffic_(traffic), log_(slow_ms) {}

  void answer(const MessageContext& message, RenderedAnswer rendered, AnswerSlot& slot);
  // `rendered` is the refusal's answer; `turned` says how it travels.
  void answer_turned(const MessageContext& message, RenderedAnswer rendered, const Turned& turned,
                     AnswerSlot& slot);
  // Money moved, for the first time.
  void count_first_decision(const JournalRecord& record);

 private:
  void tell(const MessageContext& message, const RenderedAnswer& rendered,
            HopTimes::Moment answered_at);

  Metrics& metrics_;
  Traffic* const traffic_;
  MessageLog log_;
};

}  // namespace gongji::gateway::wire
