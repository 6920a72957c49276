// One turn of a thread: a read from a socket with the messages in it, a group of the journal with
// its answers. What such a thread has for other threads gathers while the turn lasts and is handed
// over when it ends, so that a batch costs one wake-up and not one a message. Without a turn a
// hand-over happens at once.
#pragma once

#include <memory>
#include <vector>

namespace gongji {

// Somebody with a hand-over to make.
class TurnEnd {
 public:
  virtual ~TurnEnd() = default;
  // On the turn's thread, in the order of at_end(). May ask for more by at_end(); must not throw.
  virtual void turn_ended() noexcept = 0;
};

// On the stack of the thread whose turn it is; a turn inside another one adds nothing.
class ThreadTurn {
 public:
  // Whether mail that this turn brings to sleeping actors is worked on by this thread when the turn
  // ends. Not for a thread that others wait for.
  enum class Mail { kWorkedOnHere, kLeftToOthers };

  explicit ThreadTurn(Mail mail) : mail_(mail), outer_(current_) {
    if (outer_ == nullptr) current_ = this;
  }
  ~ThreadTurn() {
    if (outer_ != nullptr) return;
    for (std::size_t i = 0; i < ends_.size(); ++i) ends_[i]->turn_ended();
    current_ = nullptr;
  }
  ThreadTurn(const ThreadTurn&) = delete;
  ThreadTurn& operator=(const ThreadTurn&) = delete;

  // This thread's turn, or null.
  static ThreadTurn* current() { return current_; }
  [[nodiscard]] bool works_on_mail() const { return mail_ == Mail::kWorkedOnHere; }
  void at_end(std::shared_ptr<TurnEnd> end) { ends_.push_back(std::move(end)); }

  // How much mail it has brought: whoever works on it waits until the turn ends.
  void count_mail() { ++mail_count_; }
  [[nodiscard]] unsigned mail_count() const { return mail_count_; }

 private:
  static inline thread_local ThreadTurn* current_ = nullptr;

  Mail mail_;
  unsigned mail_count_ = 0;
  ThreadTurn* outer_;
  std::vector<std::shared_ptr<TurnEnd>> ends_;
};

}  // namespace gongji
