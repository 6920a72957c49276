// One line in the log about each message that took too long, and about each whose outcome nobody
// can say: how long it spent at which hop (docs/life_of_a_settlement.md). All other messages cost
// one comparison. What a sender wrote is never in a line: operations come from our own tables, an
// institution is named when it proved who it is, a record by its place in the journal.
#pragma once

#include <chrono>
#include <mutex>
#include <string_view>

#include "domain/ids.hpp"
#include "gateway/trace_context.hpp"
#include "ports/hop_times.hpp"
#include "ports/metrics.hpp"

namespace gongji::gateway {

// What is known of a message when its answer has been handed to the socket. A moment at the clock's
// epoch = it never came there.
struct MessageStory {
  TraceContext trace{};
  Transport transport = Transport::kHttp;
  std::string_view operation;  // "2102", "POST /v1/networks"
  TransactionOutcome outcome = TransactionOutcome::kUnknown;
  unsigned http_status = 0;  // of /v1, which has no other outcomes; 0 = the national interface
  std::string_view institution{};  // "" = none, or not proved
  Sequence record{};               // none = nothing was decided
  HopTimes::Moment first_byte_at{};
  HopTimes::Moment read_at{};    // hop 1 done: all of it is there
  HopTimes::Moment parsed_at{};  // hop 2 done, but for its signature
  HopTimes hops{};
  HopTimes::Moment answered_at{};
};

class MessageLog {
 public:
  // 0 = only those whose outcome is unknown.
  explicit MessageLog(std::chrono::milliseconds slow_ms) : slow_(slow_ms) {}

  // Any thread.
  [[nodiscard]] bool wants(TransactionOutcome outcome, std::chrono::duration<double> took) const {
    return outcome == TransactionOutcome::kUnknown || (slow_.count() > 0 && took >= slow_);
  }
  // Any thread; may wait for whoever reads the log. Of the slow ones not more than
  // kSlowLinesPerSecond: when everything is slow, saying so must not make it slower.
  void tell(const MessageStory& story);

  static constexpr unsigned kSlowLinesPerSecond = 20;

 private:
  bool has_room(HopTimes::Moment now, std::uint64_t& left_out);

  const std::chrono::milliseconds slow_;
  std::mutex mutex_;
  HopTimes::Moment second_began_{};  // guarded by mutex_
  unsigned lines_ = 0;               // guarded by mutex_, in that second
  std::uint64_t left_out_ = 0;       // guarded by mutex_, since the last line
};

}  // namespace gongji::gateway
