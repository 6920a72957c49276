#include "gateway/session_slot.hpp"

#include <utility>

#include "gateway/connection.hpp"

namespace gongji::gateway {
namespace {

class AbandonTask final : public LoopTask {
 public:
  AbandonTask(std::shared_ptr<SlotAnchor> anchor, std::uint64_t message, AdmissionToken token)
      : anchor_(std::move(anchor)), token_(std::move(token)), message_(message) {}
  void run() override {
    if (anchor_->connection != nullptr) anchor_->connection->abandon(message_, std::move(token_));
  }

 private:
  std::shared_ptr<SlotAnchor> anchor_;
  AdmissionToken token_;
  const std::uint64_t message_;
};

}  // namespace

SessionSlot::~SessionSlot() {
  if (answered_) return;
  LoopMailbox& mailbox = *anchor_->mailbox;
  mailbox.deliver(std::make_unique<AbandonTask>(anchor_, message_, std::move(token_)));
}

void SessionSlot::answer(Answer answer) {
  if (std::exchange(answered_, true)) return;
  AdmissionToken token = std::move(token_);  // given back here when the connection is gone
  if (anchor_->connection == nullptr) return;
  anchor_->connection->answer(message_, std::move(answer), std::move(token));
}

}  // namespace gongji::gateway
