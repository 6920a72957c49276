// One thread, one Asio io_context, and the mailbox through which every other thread reaches it.
//
// How a loop ends: 1. the servers on it are drained; 2. stop() makes the thread leave its loop and
// joins it; 3. the mailbox closes: what still waits there and what comes later is destroyed unrun;
// 4. the servers are destroyed; 5. the loop is destroyed, and with it the operations that were
// still pending. So: declare the loop before the servers, the servers before nothing that they use.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "gateway/exchange.hpp"
#include "ports/thread_turn.hpp"

namespace gongji::gateway {

// Told of an exception that something on the loop let escape (a bug; it harmed one message or one
// connection, not the loop). Called on the loop thread.
using FaultSink = std::function<void(std::string_view what)>;

// Shared with the answer slots, which may outlive the loop.
class LoopMailbox : public TurnEnd, public std::enable_shared_from_this<LoopMailbox> {
 public:
  LoopMailbox(boost::asio::io_context& context, FaultSink fault_sink);

  // Any thread. Tasks run in order; all that gathered since the last wake-up, or during the
  // caller's turn, cost one wake-up. Ends the process when there is no memory left for it: an
  // answer that is lost silently is worse.
  void deliver(std::unique_ptr<LoopTask> task) noexcept;
  // Destroys what waits; from now on tasks are destroyed unrun. After the loop thread has ended.
  void close();
  void report_fault(std::string_view what) const;  // loop thread

 private:
  void turn_ended() noexcept override;
  void wake();  // under the lock, because close() may end the context's life right after it
  void run_waiting();

  std::mutex mutex_;
  boost::asio::io_context* context_;  // null once closed
  std::vector<std::unique_ptr<LoopTask>> waiting_;
  std::vector<std::unique_ptr<LoopTask>> running_;  // loop thread only; keeps its capacity
  const FaultSink fault_sink_;
};

class IoLoop {
 public:
  explicit IoLoop(std::string thread_name, FaultSink fault_sink = {});
  ~IoLoop();  // stops
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;

  void start();
  void stop();  // any thread but the loop's own; again = no effect

  void deliver(std::unique_ptr<LoopTask> task) noexcept { mailbox_->deliver(std::move(task)); }
  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  [[nodiscard]] const std::shared_ptr<LoopMailbox>& mailbox() const { return mailbox_; }

 private:
  void run();
  void run_turn();

  const std::string thread_name_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> keep_running_;
  std::shared_ptr<LoopMailbox> mailbox_;
  std::thread thread_;
};

}  // namespace gongji::gateway
