// Between a connection, which knows bytes and sockets, and what the messages are about. A
// connection asks its Traffic for the next message whenever there is room and a message is due, and
// hands back every answer. One Traffic per worker thread; calls come from that thread only.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "loadtest/population.hpp"

namespace gongji::loadtest {

using SteadyClock = std::chrono::steady_clock;
using TimePoint = SteadyClock::time_point;
using Nanoseconds = std::chrono::nanoseconds;

enum class CallKind : std::uint8_t {
  kSettle,
  kQuote,
  kPersonQuery,
  kPremium,
  kMessageQuery,
  kBalance
};
constexpr std::size_t kLoadKinds = 4;  // the first four are load, the others belong to the audit

// One message in flight.
struct PendingCall {
  CallKind kind = CallKind::kSettle;
  PersonRef patient;
  std::uint64_t number = 0;  // which message of the run; its msgid follows from it
  TimePoint scheduled;       // open loop: when it should have been sent; latency counts from here
  TimePoint sent;
};

struct OutgoingMessage {
  std::string_view method = "POST";  // these three are for HTTP only
  std::string_view target = "/fsi/api";
  std::string_view headers;  // whole lines
  std::string body;

  void clear() { *this = {"POST", "/fsi/api", {}, std::move(body)}, body.clear(); }
};

struct IncomingAnswer {
  unsigned http_status = 200;
  std::string_view body;
};

class Traffic {
 public:
  virtual ~Traffic() = default;
  // False: there are no more messages. `call.scheduled` and `call.sent` are set already.
  virtual bool next(PendingCall& call, OutgoingMessage& message) = 0;
  virtual void answered(const PendingCall& call, const IncomingAnswer& answer, TimePoint now) = 0;
  // The connection broke or the time was up: what became of the message is not known.
  virtual void lost(const PendingCall& call, TimePoint now) = 0;
  // About ten times a second.
  virtual void tick(TimePoint /*now*/) {}
  // What travelled, all framing included.
  virtual void transferred(std::size_t /*sent*/, std::size_t /*received*/) {}
};

}  // namespace gongji::loadtest
