// Takes the orders of 3201, 3202, 9101 and 9102 to the reconciliation desk and brings the answers
// back to the loop thread of the session that asked.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gateway/exchange.hpp"
#include "gateway/reconciliation/desk.hpp"
#include "gateway/wire/message_context.hpp"

namespace gongji::gateway::wire {

// What is answered: `output` of an envelope, or a file as it is.
struct ReconciliationAnswer {
  std::string output;
  std::shared_ptr<const FileContents> file;  // null: an envelope
};

class ReconciliationClerk {
 public:
  // On the loop thread.
  using Answer =
      std::function<void(const MessageContext& message,
                         const Result<ReconciliationAnswer, Refusal>& answer, AnswerSlot& slot)>;
  // `desk` outlives it. `frame_bytes_max` bounds what is sent in one TCP frame.
  ReconciliationClerk(reconciliation::Desk& desk, std::size_t frame_bytes_max, Answer answer)
      : desk_(desk), frame_bytes_max_(frame_bytes_max), answer_(std::move(answer)) {}

  // Loop thread; never blocks.
  void take(reconciliation::Order order, MessageContext message,
            std::unique_ptr<AnswerSlot> slot) const;

 private:
  struct Asked;  // a message that waits for the desk
  template <class T, class Render>
  reconciliation::Desk::Then<T> then(std::shared_ptr<Asked> asked, Render render) const;

  reconciliation::Desk& desk_;
  const std::size_t frame_bytes_max_;
  const Answer answer_;
};

}  // namespace gongji::gateway::wire
