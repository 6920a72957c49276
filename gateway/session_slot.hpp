// The answer slot both transports hand to handlers.
#pragma once

#include <cstdint>
#include <memory>

#include "gateway/admission.hpp"
#include "gateway/exchange.hpp"
#include "gateway/io_loop.hpp"

namespace gongji::gateway {

class Connection;

// What a session's slots share. Outlives session and loop as long as a slot is held somewhere.
struct SlotAnchor {
  std::shared_ptr<LoopMailbox> mailbox;
  std::shared_ptr<Admission> admission;  // the tokens in the slots need it
  Connection* connection = nullptr;      // loop thread only; null once the connection is gone
};

class SessionSlot final : public AnswerSlot {
 public:
  SessionSlot(std::shared_ptr<SlotAnchor> anchor, std::uint64_t message, AdmissionToken token)
      : anchor_(std::move(anchor)), token_(std::move(token)), message_(message) {}
  ~SessionSlot() override;  // any thread; unanswered = the session says "unknown"
  SessionSlot(const SessionSlot&) = delete;
  SessionSlot& operator=(const SessionSlot&) = delete;

  void answer(Answer answer) override;
  void run_on_loop(std::unique_ptr<LoopTask> task) noexcept override {
    anchor_->mailbox->deliver(std::move(task));
  }

 private:
  std::shared_ptr<SlotAnchor> anchor_;  // declared before the token, which needs its admission
  AdmissionToken token_;
  const std::uint64_t message_;  // as the session numbers it
  bool answered_ = false;
};

}  // namespace gongji::gateway
