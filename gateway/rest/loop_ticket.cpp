#include "gateway/rest/loop_ticket.hpp"

namespace gongji::gateway::rest {
namespace {

class Continue final : public LoopTask {
 public:
  Continue(AnswerSlot& slot, std::function<void(const Reply&)> continuation)
      : slot_(slot), continuation_(std::move(continuation)) {}

  void run() override { continuation_(reply_); }

  void set_reply(Reply reply) noexcept { reply_ = std::move(reply); }
  [[nodiscard]] AnswerSlot& slot() const { return slot_; }

 private:
  AnswerSlot& slot_;
  std::function<void(const Reply&)> continuation_;
  Reply reply_ = OutcomeUnknown{};
};

// The task exists before the ticket leaves, so that completing allocates nothing and cannot fail.
class LoopTicket final : public ReplyTicket {
 public:
  LoopTicket(std::unique_ptr<Continue> task, HopTimes* hops)
      : task_(std::move(task)), hops_(hops) {}
  LoopTicket(const LoopTicket&) = delete;
  LoopTicket& operator=(const LoopTicket&) = delete;
  ~LoopTicket() override { complete(OutcomeUnknown{}); }

  void passed(const HopTimes& hops) noexcept override {
    if (task_ != nullptr && hops_ != nullptr) *hops_ = hops;
  }
  void complete(Reply reply) noexcept override {
    if (task_ == nullptr) return;
    task_->set_reply(std::move(reply));
    AnswerSlot& slot = task_->slot();
    slot.run_on_loop(std::move(task_));
  }

 private:
  std::unique_ptr<Continue> task_;
  HopTimes* hops_;  // lives as long as the task
};

}  // namespace

std::unique_ptr<ReplyTicket> make_loop_ticket(AnswerSlot& slot,
                                              std::function<void(const Reply&)> continuation,
                                              HopTimes* hops) {
  return std::make_unique<LoopTicket>(std::make_unique<Continue>(slot, std::move(continuation)),
                                      hops);
}

}  // namespace gongji::gateway::rest
