// A gateway of both transports on one loop, with handlers a test can steer.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/http/server.hpp"
#include "gateway/tcp/server.hpp"
#include "tests/gateway/raw_client.hpp"

namespace gongji::gateway::testing {

// Waits up to ten seconds until `condition` holds; gives what it is then.
[[nodiscard]] bool eventually(const std::function<bool()>& condition);

class CountingMetrics : public NoMetrics {
 public:
  void connections(Transport, int change) override { open += change; }
  void frame(Transport) override { ++frames; }
  void inflight(int change) override { in_flight += change; }
  void shed(ShedCause) override { ++refused; }
  void http_request(int status) override {
    const std::lock_guard lock(mutex_);
    ++statuses_[status];
  }
  [[nodiscard]] int with_status(int status) {
    const std::lock_guard lock(mutex_);
    return statuses_[status];
  }

  std::atomic<int> open{0};
  std::atomic<int> frames{0};
  std::atomic<int> in_flight{0};
  std::atomic<int> refused{0};

 private:
  std::mutex mutex_;
  std::map<int, int> statuses_;
};

// Answers at once with the body it got. Reads all of the padding, so that a sanitizer sees when it
// is not there. "boom" in the body throws, "drop" destroys the slot; "who" is answered with the
// fingerprint of the caller's certificate.
class EchoHandler final : public HttpHandler, public FrameHandler {
 public:
  void handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) override;
  void handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) override;

 private:
  void echo(std::string_view body, const Caller& caller, std::unique_ptr<AnswerSlot> slot);
};

// Keeps every slot until the test says what becomes of it.
class HoldingHandler final : public HttpHandler, public FrameHandler {
 public:
  struct Held {
    std::string body;
    Moment first_byte_at;
    std::unique_ptr<AnswerSlot> slot;
  };

  void handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) override;
  void handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) override;

  [[nodiscard]] bool wait_for(std::size_t count);
  [[nodiscard]] std::size_t count();
  // Takes the message with that body; answers it from the calling thread with the body again.
  void answer(const std::string& body);
  void dismiss(const std::string& body);  // wordless
  [[nodiscard]] Held take(const std::string& body);

 private:
  void hold(std::string_view body, Moment first_byte_at, std::unique_ptr<AnswerSlot> slot);
  std::mutex mutex_;
  std::vector<Held> held_;
};

// Answers a streamed body with its target and length, a whole one with "whole".
// "no" in the target: not wanted; an 'x' in the body: not wanted after all.
class StreamHandler final : public HttpHandler, public UploadHandler {
 public:
  void handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) override;
  std::unique_ptr<BodySink> begin_upload(const HttpRequest& head) override;
  std::atomic<int> open{0};  // sinks
};

// Answers `body` through `slot` as an actor would: by a task on the slot's loop.
void answer_from_outside(std::unique_ptr<AnswerSlot> slot, std::string body);

struct TestGateway {
  explicit TestGateway(GatewayOptions options = {},
                       std::shared_ptr<const tls::TlsSource> tls = nullptr);
  ~TestGateway();

  [[nodiscard]] RawClient http_client() const { return RawClient(http_port); }
  [[nodiscard]] RawClient tcp_client() const { return RawClient(tcp_port); }
  void begin_drain(std::chrono::milliseconds cut_after);

  GatewayOptions options;
  CountingMetrics metrics;
  EchoHandler echo;      // at /echo, /echo/import (uploads) and nothing on TCP
  HoldingHandler hold;   // at /hold and on TCP
  StreamHandler stream;  // at /stream
  std::atomic<int> faults{0};
  IoLoop loop{"test-io", [this](std::string_view) { ++faults; }};
  std::shared_ptr<Admission> admission;
  std::shared_ptr<SessionGate> gate;
  std::unique_ptr<HttpServer> http;
  std::unique_ptr<TcpServer> tcp;       // HoldingHandler
  std::unique_ptr<TcpServer> tcp_echo;  // EchoHandler
  std::uint16_t http_port = 0;
  std::uint16_t tcp_port = 0;
  std::uint16_t tcp_echo_port = 0;
};

}  // namespace gongji::gateway::testing
