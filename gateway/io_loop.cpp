#include "gateway/io_loop.hpp"

#include <pthread.h>

#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

namespace gongji::gateway {
namespace {

// Long turns make journal and loop wait for each other, short ones wake too often:
// docs/decisions/0017-whoever-brings-the-mail-takes-the-turn.md
constexpr int kHandlersPerTurnMax = 64;
constexpr unsigned kMailPerTurnMax = 32;

}  // namespace

LoopMailbox::LoopMailbox(boost::asio::io_context& context, FaultSink fault_sink)
    : context_(&context), fault_sink_(std::move(fault_sink)) {}

void LoopMailbox::deliver(std::unique_ptr<LoopTask> task) noexcept {
  const std::lock_guard lock(mutex_);
  if (context_ == nullptr) return;  // the argument is destroyed by the caller, after the lock
  waiting_.push_back(std::move(task));
  if (waiting_.size() != 1) return;
  if (ThreadTurn* turn = ThreadTurn::current()) {
    turn->at_end(shared_from_this());
  } else {
    wake();
  }
}

void LoopMailbox::turn_ended() noexcept {
  const std::lock_guard lock(mutex_);
  if (context_ != nullptr && !waiting_.empty()) wake();
}

void LoopMailbox::wake() {
  boost::asio::post(*context_, [self = shared_from_this()] { self->run_waiting(); });
}

void LoopMailbox::close() {
  std::vector<std::unique_ptr<LoopTask>> unrun;
  {
    const std::lock_guard lock(mutex_);
    context_ = nullptr;
    unrun.swap(waiting_);
  }
  running_.clear();
}

void LoopMailbox::report_fault(std::string_view what) const {
  if (fault_sink_) fault_sink_(what);
}

void LoopMailbox::run_waiting() {
  {
    const std::lock_guard lock(mutex_);
    running_.swap(waiting_);
  }
  for (std::unique_ptr<LoopTask>& task : running_) {
    try {
      task->run();
    } catch (const std::exception& fault) {
      report_fault(fault.what());
    } catch (...) {
      report_fault("an exception of unknown type");
    }
    task.reset();  // a slot it still holds answers "unknown"
  }
  running_.clear();
}

IoLoop::IoLoop(std::string thread_name, FaultSink fault_sink)
    : thread_name_(std::move(thread_name)),
      keep_running_(context_.get_executor()),
      mailbox_(std::make_shared<LoopMailbox>(context_, std::move(fault_sink))) {}

IoLoop::~IoLoop() { stop(); }

void IoLoop::start() {
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), thread_name_.substr(0, 15).c_str());
}

void IoLoop::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
  mailbox_->close();
}

// What is ready is one turn, up to a bound: the journal should write what this turn has brought
// while the next one is read.
void IoLoop::run_turn() {
  ThreadTurn turn{ThreadTurn::Mail::kWorkedOnHere};
  context_.run_one();
  for (int handlers = 1; handlers < kHandlersPerTurnMax && turn.mail_count() < kMailPerTurnMax;
       ++handlers)
    if (context_.poll_one() == 0) return;
}

void IoLoop::run() {
  while (!context_.stopped()) {
    try {
      run_turn();
    } catch (const std::exception& fault) {
      mailbox_->report_fault(fault.what());
    }
  }
}

}  // namespace gongji::gateway
