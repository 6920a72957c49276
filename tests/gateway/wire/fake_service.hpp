// A settlement service a test answers by hand, a slot that keeps what it was answered, a clock that
// stands still.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "gateway/exchange.hpp"
#include "ports/clock.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::gateway::testing {

struct Submitted {
  Request request;
  std::unique_ptr<ReplyTicket> ticket;
};

class FakeService final : public SettlementService {
 public:
  void submit(Request request, std::unique_ptr<ReplyTicket> ticket) override {
    submitted.push_back({std::move(request), std::move(ticket)});
  }
  std::vector<Submitted> submitted;
};

// One loop thread that a test turns by hand; other threads may hand it work.
struct FakeLoop {
  std::mutex mutex;  // of `tasks`
  std::vector<std::unique_ptr<LoopTask>> tasks;
  std::vector<Answer> answers;
  int abandoned = 0;  // slots destroyed unanswered

  void deliver(std::unique_ptr<LoopTask> task) {
    const std::lock_guard lock{mutex};
    tasks.push_back(std::move(task));
  }
  [[nodiscard]] bool idle() {
    const std::lock_guard lock{mutex};
    return tasks.empty();
  }
  // Runs what waits, and what that brings.
  void turn() {
    while (!idle()) {
      std::vector<std::unique_ptr<LoopTask>> now;
      {
        const std::lock_guard lock{mutex};
        now.swap(tasks);
      }
      for (auto& task : now) task->run();
    }
  }
};

class FakeSlot final : public AnswerSlot {
 public:
  explicit FakeSlot(FakeLoop& loop) : loop_(loop) {}
  FakeSlot(const FakeSlot&) = delete;
  FakeSlot& operator=(const FakeSlot&) = delete;
  ~FakeSlot() override { loop_.abandoned += answered_ ? 0 : 1; }

  void answer(Answer answer) override {
    answered_ = true;
    loop_.answers.push_back(std::move(answer));
  }
  void run_on_loop(std::unique_ptr<LoopTask> task) noexcept override {
    loop_.deliver(std::move(task));
  }

 private:
  FakeLoop& loop_;
  bool answered_ = false;
};

// What was never answered is told so, while all who may ask are still there.
inline void end(FakeService& service, FakeLoop& loop) {
  service.submitted.clear();
  loop.turn();
}

class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant start) : at(start) {}
  [[nodiscard]] Instant now() const override { return at; }
  Instant at;
};

}  // namespace gongji::gateway::testing
