#include "tests/gateway/test_gateway.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

namespace gongji::gateway::testing {
namespace {

using std::chrono::milliseconds;

Router make_router(EchoHandler& echo, HoldingHandler& hold, StreamHandler& stream) {
  Router router;
  const auto add = [&](std::string prefix, HttpHandler& handler, bool upload) {
    Route route;
    route.prefix = std::move(prefix);
    route.methods = {"POST", "GET", "HEAD"};
    route.handler = &handler;
    route.upload = upload;
    router.add(std::move(route));
  };
  add("/echo", echo, false);
  add("/echo/import", echo, true);
  add("/hold", hold, false);
  Route streamed;
  streamed.prefix = "/stream";
  streamed.methods = {"POST"};
  streamed.handler = &stream;
  streamed.streamed = &stream;
  router.add(std::move(streamed));
  return router;
}

class CountingSink final : public BodySink {
 public:
  explicit CountingSink(std::atomic<int>& open) : open_(open) { ++open_; }
  CountingSink(const CountingSink&) = delete;
  CountingSink& operator=(const CountingSink&) = delete;
  ~CountingSink() override { --open_; }
  bool take(std::string_view piece) override {
    bytes_ += piece.size();
    return piece.find('x') == std::string_view::npos;
  }
  void finish(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) override {
    Answer answer;
    answer.body = std::string{request.target} + " " + std::to_string(bytes_);
    slot->answer(std::move(answer));
  }

 private:
  std::atomic<int>& open_;
  std::size_t bytes_ = 0;
};

class AnswerTask final : public LoopTask {
 public:
  AnswerTask(std::unique_ptr<AnswerSlot> slot, Answer answer)
      : slot_(std::move(slot)), answer_(std::move(answer)) {}
  void run() override { slot_->answer(std::move(answer_)); }

 private:
  std::unique_ptr<AnswerSlot> slot_;
  Answer answer_;
};

void answer_with(std::unique_ptr<AnswerSlot> slot, Answer answer) {
  AnswerSlot& target = *slot;
  target.run_on_loop(std::make_unique<AnswerTask>(std::move(slot), std::move(answer)));
}

}  // namespace

bool eventually(const std::function<bool()>& condition) {
  const Moment end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return condition();
    std::this_thread::sleep_for(milliseconds(1));
  }
  return true;
}

void StreamHandler::handle(const HttpRequest&, std::unique_ptr<AnswerSlot> slot) {
  Answer answer;
  answer.body = "whole";
  slot->answer(std::move(answer));
}

std::unique_ptr<BodySink> StreamHandler::begin_upload(const HttpRequest& head) {
  if (head.target.find("no") != std::string_view::npos) return nullptr;
  return std::make_unique<CountingSink>(open);
}

void EchoHandler::handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) {
  echo(request.body, *request.caller, std::move(slot));
}

void EchoHandler::handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) {
  echo(request.payload, *request.caller, std::move(slot));
}

void EchoHandler::echo(std::string_view body, const Caller& caller,
                       std::unique_ptr<AnswerSlot> slot) {
  unsigned padding = 0;
  for (std::size_t i = 0; i < kReadablePadding; ++i) {
    padding += static_cast<unsigned char>(*(body.data() + body.size() + i));
  }
  [[maybe_unused]] volatile unsigned keep = padding;
  if (body == "boom") throw std::runtime_error("boom");
  if (body == "drop") return;
  Answer answer;
  answer.body = body == "who" ? caller.certificate_sha256 : body;
  if (body == "bye") answer.close = true;
  slot->answer(std::move(answer));
}

void HoldingHandler::handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) {
  hold(request.body, request.first_byte_at, std::move(slot));
}

void HoldingHandler::handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) {
  hold(request.payload, request.first_byte_at, std::move(slot));
}

void HoldingHandler::hold(std::string_view body, Moment first_byte_at,
                          std::unique_ptr<AnswerSlot> slot) {
  const std::lock_guard lock(mutex_);
  held_.push_back({std::string(body), first_byte_at, std::move(slot)});
}

std::size_t HoldingHandler::count() {
  const std::lock_guard lock(mutex_);
  return held_.size();
}

bool HoldingHandler::wait_for(std::size_t wanted) {
  return eventually([&] { return count() >= wanted; });
}

HoldingHandler::Held HoldingHandler::take(const std::string& body) {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::find_if(held_.begin(), held_.end(), [&](const Held& held) { return held.body == body; });
  if (found == held_.end()) throw std::runtime_error("no message " + body);
  Held held = std::move(*found);
  held_.erase(found);
  return held;
}

void HoldingHandler::answer(const std::string& body) { answer_from_outside(take(body).slot, body); }

void HoldingHandler::dismiss(const std::string& body) {
  Answer answer;
  answer.wordless = true;
  answer_with(take(body).slot, std::move(answer));
}

void answer_from_outside(std::unique_ptr<AnswerSlot> slot, std::string body) {
  Answer answer;
  answer.body = std::move(body);
  answer_with(std::move(slot), std::move(answer));
}

TestGateway::TestGateway(GatewayOptions wanted, std::shared_ptr<const tls::TlsSource> tls)
    : options(std::move(wanted)),
      admission(std::make_shared<Admission>(options.inflight_max, metrics)),
      gate(std::make_shared<SessionGate>(options.connections_max)),
      http(std::make_unique<HttpServer>(loop, make_router(echo, hold, stream), options,
                                        SharedLimits{admission, gate, tls}, metrics)),
      tcp(std::make_unique<TcpServer>(loop, hold, plain_stand_ins(), options,
                                      SharedLimits{admission, gate, tls}, metrics)),
      tcp_echo(std::make_unique<TcpServer>(loop, echo, plain_stand_ins(), options,
                                           SharedLimits{admission, gate, tls}, metrics)) {
  const Endpoint any{"127.0.0.1", 0};
  http_port = http->listen(any).value().port;
  tcp_port = tcp->listen(any).value().port;
  tcp_echo_port = tcp_echo->listen(any).value().port;
  loop.start();
}

TestGateway::~TestGateway() { loop.stop(); }

void TestGateway::begin_drain(milliseconds cut_after) {
  http->begin_drain(cut_after);
  tcp->begin_drain(cut_after);
  tcp_echo->begin_drain(cut_after);
}

}  // namespace gongji::gateway::testing
