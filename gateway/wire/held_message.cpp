#include "gateway/wire/held_message.hpp"

namespace gongji::gateway::wire {
namespace {

// Owns the slot it is posted through: whoever destroys it unrun leaves the slot unanswered, and the
// session says so.
class VerdictTask final : public auth::SignedMessage, public LoopTask {
 public:
  VerdictTask(VerdictSink& sink, HeldMessage held) : sink_(sink), held_(std::move(held)) {}

  void judged(std::unique_ptr<SignedMessage> self, bool good) noexcept override {
    good_ = good;
    (void)self.release();
    AnswerSlot& slot = *held_.slot;
    slot.run_on_loop(std::unique_ptr<LoopTask>{this});
  }
  void run() override { sink_.on_verdict(std::move(held_), good_); }
  [[nodiscard]] HeldMessage& held() { return held_; }

 private:
  VerdictSink& sink_;
  HeldMessage held_;
  bool good_ = false;
};

}  // namespace

std::unique_ptr<auth::SignedMessage> hold(VerdictSink& sink, HeldMessage held) {
  return std::make_unique<VerdictTask>(sink, std::move(held));
}

HeldMessage take_back(std::unique_ptr<auth::SignedMessage> held) {
  return std::move(static_cast<VerdictTask&>(*held).held());
}

}  // namespace gongji::gateway::wire
