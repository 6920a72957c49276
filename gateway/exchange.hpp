// One exchange: what passes between a transport (gateway/http, gateway/tcp) and what answers it
// (gateway/wire, gateway/rest), one message in, one answer out. Transports know no business,
// handlers no sockets.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ports/metrics.hpp"

namespace gongji::gateway {

// One connection as its messages see it. Owned by the session, shared by its messages; touched on
// the session's loop thread only.
struct Caller {
  Transport transport = Transport::kHttp;
  bool loopback = true;
  std::string bound_institution{};   // TCP: set by the first 9001; "" = not signed in
  std::uint64_t bound_stamp = 0;     // its Institution::proof_stamp at that time
  std::string certificate_sha256{};  // TLS: lower-case hex, of the client's certificate; "" = none
  // Set when a message was refused because its institution sends too much: nothing more is read
  // from the connection until it is heard again (held_back.hpp), which clears it.
  bool sends_too_much = false;
};

// Work that must run on a session's loop thread.
class LoopTask {
 public:
  virtual ~LoopTask() = default;
  virtual void run() = 0;  // on the loop thread
};

struct Answer {
  unsigned http_status = 200;
  std::string_view content_type = "application/json;charset=utf-8";  // static storage
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  bool close = false;     // close the connection after this answer
  bool wordless = false;  // frames: close and say nothing, the body included
};

// Where the answer to one message goes. answer() on the loop thread, at most once. A slot destroyed
// unanswered makes the session answer "unknown" itself, so the order of pipelined answers holds.
class AnswerSlot {
 public:
  virtual ~AnswerSlot() = default;
  virtual void answer(Answer answer) = 0;
  // Any thread, never blocks. Tasks run in order; many at once cost one wake-up. When the loop has
  // already ended the task is destroyed unrun.
  virtual void run_on_loop(std::unique_ptr<LoopTask> task) noexcept = 0;
};

struct HttpRequest {
  std::string_view method;  // "POST"
  std::string_view target;  // "/fsi/api/2102?x=1", as sent
  std::string_view body;    // readable for kReadablePadding bytes beyond its end
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  std::chrono::steady_clock::time_point first_byte_at;
  std::shared_ptr<Caller> caller;

  // First header of that name, case-insensitive; "" when absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

// Field names do not heed case.
[[nodiscard]] bool is_same_header(std::string_view left, std::string_view right);

// simdjson reads beyond the end of its input; transports guarantee this many readable bytes.
constexpr std::size_t kReadablePadding = 64;

// Answers HTTP requests under one path prefix. handle() runs on the loop thread, must not block,
// and may keep the slot beyond the call; the views in the request end with the call.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  virtual void handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) = 0;
};

// Answers TCP frames; same rules. `payload` is padded as HttpRequest::body is.
struct FrameRequest {
  std::string_view payload;
  std::chrono::steady_clock::time_point first_byte_at;
  std::shared_ptr<Caller> caller;
};
class FrameHandler {
 public:
  virtual ~FrameHandler() = default;
  virtual void handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) = 0;
};

}  // namespace gongji::gateway
