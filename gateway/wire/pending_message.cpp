#include "gateway/wire/pending_message.hpp"

namespace gongji::gateway::wire {
namespace {

// Owns the slot it is posted through: whoever destroys the task unrun leaves the slot unanswered,
// and the session says so.
class AnswerTask final : public LoopTask {
 public:
  AnswerTask(ReplySink& sink, MessageContext message, std::unique_ptr<AnswerSlot> slot)
      : sink_(sink), message_(std::move(message)), slot_(std::move(slot)) {}

  void run() override { sink_.on_reply(message_, reply_, *slot_); }

  void set_hops(const HopTimes& hops) noexcept { message_.hops = hops; }
  void set_reply(Reply reply) noexcept { reply_ = std::move(reply); }
  [[nodiscard]] AnswerSlot& slot() const { return *slot_; }

 private:
  ReplySink& sink_;
  MessageContext message_;
  std::unique_ptr<AnswerSlot> slot_;
  Reply reply_ = OutcomeUnknown{};
};

// The task exists before the ticket leaves, so that completing allocates nothing and cannot fail.
class Ticket final : public ReplyTicket {
 public:
  explicit Ticket(std::unique_ptr<AnswerTask> task) : task_(std::move(task)) {}
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  ~Ticket() override { complete(OutcomeUnknown{}); }

  void passed(const HopTimes& hops) noexcept override {
    if (task_ != nullptr) task_->set_hops(hops);
  }
  void complete(Reply reply) noexcept override {
    if (task_ == nullptr) return;
    task_->set_reply(std::move(reply));
    AnswerSlot& slot = task_->slot();
    slot.run_on_loop(std::move(task_));
  }

 private:
  std::unique_ptr<AnswerTask> task_;
};

}  // namespace

std::unique_ptr<ReplyTicket> make_ticket(ReplySink& sink, MessageContext message,
                                         std::unique_ptr<AnswerSlot> slot) {
  return std::make_unique<Ticket>(
      std::make_unique<AnswerTask>(sink, std::move(message), std::move(slot)));
}

}  // namespace gongji::gateway::wire
