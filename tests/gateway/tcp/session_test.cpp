#include "gateway/tcp/session.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/gateway/test_gateway.hpp"

namespace gongji::gateway {
namespace {

using testing::eventually;
using testing::frame;
using testing::RawClient;
using testing::TestGateway;

TEST(TcpSession, AnswersInAnyOrderWithTheCorrelationId) {
  TestGateway gateway;
  RawClient client = gateway.tcp_client();
  client.send(frame(1, "a") + frame(0xfedcba9876543210, "b") + frame(3, "c"));
  ASSERT_TRUE(gateway.hold.wait_for(3));
  for (const auto& [body, id] :
       {std::pair<std::string, std::uint64_t>{"c", 3}, {"a", 1}, {"b", 0xfedcba9876543210}}) {
    gateway.hold.answer(body);
    const auto answer = client.read_frame();
    EXPECT_EQ(answer.correlation_id, id);
    EXPECT_EQ(answer.payload, body);
  }
  EXPECT_EQ(gateway.metrics.frames, 3);
  EXPECT_TRUE(eventually([&] { return gateway.metrics.in_flight == 0; }));
}

TEST(TcpSession, AnswersManyPipelinedFrames) {
  TestGateway gateway;
  RawClient client(gateway.tcp_echo_port);
  std::string frames;
  for (std::uint64_t i = 0; i < 5000; ++i) frames += frame(i, "body " + std::to_string(i));
  std::thread sender([&] { client.send(frames); });
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const auto answer = client.read_frame();
    ASSERT_EQ(answer.correlation_id, i);
    ASSERT_EQ(answer.payload, "body " + std::to_string(i));
  }
  sender.join();
}

TEST(TcpSession, MayBeClosedWithoutAWordAfterTheAnswersBeforeIt) {
  TestGateway gateway;
  RawClient client = gateway.tcp_client();
  client.send(frame(1, "a") + frame(2, "b"));
  ASSERT_TRUE(gateway.hold.wait_for(2));
  gateway.hold.dismiss("b");
  gateway.hold.answer("a");
  EXPECT_EQ(client.read_frame().payload, "a");
  EXPECT_TRUE(client.is_closed());
  EXPECT_TRUE(eventually([&] { return gateway.metrics.in_flight == 0; }));
}

TEST(TcpSession, DoesNotMindWhereTheBytesAreSplit) {
  TestGateway gateway;
  RawClient client(gateway.tcp_echo_port);
  const std::string bytes = frame(9, "hello world") + frame(10, "");
  for (std::size_t split = 1; split < bytes.size(); ++split) {
    client.send(bytes.substr(0, split));
    std::this_thread::sleep_for(std::chrono::microseconds(300));
    client.send(bytes.substr(split));
    ASSERT_EQ(client.read_frame().payload, "hello world") << "split at " << split;
    ASSERT_EQ(client.read_frame().correlation_id, 10U) << "split at " << split;
  }
}

TEST(TcpSession, TakesAFrameUpToTheLimitAndClosesBeyond) {
  GatewayOptions options;
  options.frame_bytes_max = 1000;
  TestGateway gateway(options);
  RawClient client(gateway.tcp_echo_port);
  client.send(frame(1, std::string(1000, 'x')));
  EXPECT_EQ(client.read_frame().payload, std::string(1000, 'x'));
  client.send(frame(2, std::string(1001, 'x')) + frame(3, "never read"));
  EXPECT_TRUE(client.is_closed());
  RawClient garbage(gateway.tcp_echo_port);
  garbage.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");  // its length would be 1.2 GB
  EXPECT_TRUE(garbage.is_closed());
}

TEST(TcpSession, WhatCameBeforeAWrongLengthIsStillAnswered) {
  TestGateway gateway;
  RawClient client = gateway.tcp_client();
  client.send(frame(1, "a") + "\xff\xff\xff\xff 12345678");
  ASSERT_TRUE(gateway.hold.wait_for(1));
  gateway.hold.answer("a");
  EXPECT_EQ(client.read_frame().payload, "a");
  EXPECT_TRUE(client.is_closed());
}

TEST(TcpSession, ASlotDestroyedUnansweredIsAnsweredUnknown) {
  TestGateway gateway;
  RawClient client = gateway.tcp_client();
  client.send(frame(5, "lost"));
  ASSERT_TRUE(gateway.hold.wait_for(1));
  std::thread([&] { (void)gateway.hold.take("lost"); }).join();
  const auto answer = client.read_frame();
  EXPECT_EQ(answer.correlation_id, 5U);
  EXPECT_EQ(answer.payload, "outcome unknown\n");
  RawClient echo(gateway.tcp_echo_port);
  echo.send(frame(6, "boom") + frame(7, "next"));
  const auto next = echo.read_frame();  // the unknown one comes by way of the mailbox, later
  EXPECT_EQ(next.correlation_id, 7U);
  EXPECT_EQ(echo.read_frame().payload, "outcome unknown\n");
  EXPECT_EQ(gateway.faults, 1);
}

TEST(TcpSession, ClosesAfterAnAnswerThatSaysSo) {
  TestGateway gateway;
  RawClient client(gateway.tcp_echo_port);
  client.send(frame(1, "bye") + frame(2, "too late"));
  EXPECT_EQ(client.read_frame().payload, "bye");
  EXPECT_TRUE(client.is_closed());
}

TEST(TcpSession, StopsReadingAtItsLimitInFlightAndGoesOnAfterwards) {
  GatewayOptions options;
  options.connection_inflight_max = 2;
  TestGateway gateway(options);
  RawClient client = gateway.tcp_client();
  client.send(frame(1, "a") + frame(2, "b") + frame(3, "c"));
  ASSERT_TRUE(gateway.hold.wait_for(2));
  RawClient other(gateway.tcp_echo_port);
  other.send(frame(1, "x"));
  EXPECT_EQ(other.read_frame().payload, "x");
  EXPECT_EQ(gateway.hold.count(), 2U);
  gateway.hold.answer("b");
  EXPECT_EQ(client.read_frame().payload, "b");
  ASSERT_TRUE(gateway.hold.wait_for(2));
  gateway.hold.answer("c");
  EXPECT_EQ(client.read_frame().payload, "c");
}

// A server of its own for a handler that looks at the caller.
struct ServerOf {
  explicit ServerOf(FrameHandler& handler)
      : server(loop, handler, plain_stand_ins(), {}, limits, metrics),
        port(server.listen({"127.0.0.1", 0}).value().port) {
    loop.start();
  }
  ~ServerOf() { loop.stop(); }

  testing::CountingMetrics metrics;
  IoLoop loop{"test"};
  const SharedLimits limits{std::make_shared<Admission>(99u, metrics),
                            std::make_shared<SessionGate>(99)};
  TcpServer server;
  const std::uint16_t port;
};

TEST(TcpSession, MessagesShareTheirCaller) {
  class Signer final : public FrameHandler {
   public:
    void handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) override {
      Answer answer;
      answer.body = request.caller->bound_institution + (request.caller->loopback ? "L" : "R") +
                    (request.caller->transport == Transport::kTcp ? "T" : "H");
      request.caller->bound_institution = request.payload;
      slot->answer(std::move(answer));
    }
  };
  Signer signer;
  ServerOf server{signer};
  RawClient client(server.port);
  client.send(frame(1, "P31") + frame(2, ""));
  EXPECT_EQ(client.read_frame().payload, "LT");
  EXPECT_EQ(client.read_frame().payload, "P31LT");
}

// Answers, and finds that whoever spoke sends too much. Whoever is heard again has lost the mark,
// so a frame that sees it was read too soon.
class Crowded final : public FrameHandler {
 public:
  void handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) override {
    Answer answer;
    answer.body = request.caller->sends_too_much ? "read too soon" : request.payload;
    request.caller->sends_too_much = true;
    slot->answer(std::move(answer));
  }
};

TEST(TcpSession, WhoSendsTooMuchIsHeardAgainAfterAMoment) {
  Crowded crowded;
  ServerOf server{crowded};
  RawClient client(server.port);
  client.send(frame(1, "a") + frame(2, "b"));
  EXPECT_EQ(client.read_frame().payload, "a");
  EXPECT_EQ(client.read_frame().payload, "b");
  client.send(frame(3, "c"));
  EXPECT_EQ(client.read_frame().payload, "c");
}

TEST(TcpSession, ManyWhoSendTooMuchAreHeardByTurns) {
  Crowded crowded;
  ServerOf server{crowded};
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 60; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port));
    clients.back()->send(frame(1, "a") + frame(2, "b") + frame(3, "c"));
  }
  clients.front() = nullptr;  // one goes away while he waits
  for (std::size_t i = 1; i < clients.size(); ++i)
    for (const char* expected : {"a", "b", "c"})
      EXPECT_EQ(clients[i]->read_frame().payload, expected) << "connection " << i;
}

}  // namespace
}  // namespace gongji::gateway
