// Slow and silent peers. Only that they are cut is asserted, and that nobody else is; not when.
#include <gtest/gtest.h>

#include <thread>

#include "tests/gateway/test_gateway.hpp"

namespace gongji::gateway {
namespace {

using namespace std::chrono_literals;
using testing::eventually;
using testing::frame;
using testing::post;
using testing::RawClient;
using testing::TestGateway;

TEST(TimeLimits, ASlowHeadIsCut) {
  GatewayOptions options;
  options.head_timeout_ms = 60ms;
  TestGateway gateway(options);
  RawClient silent = gateway.http_client();  // idle: has a minute
  RawClient http = gateway.http_client();
  RawClient tcp = gateway.tcp_client();
  tcp.send("\x01");
  // A byte now and then does not help: the limit is for the whole head.
  std::thread dripping([&] {
    for (int i = 0; i < 200; ++i) {
      http.send("G");
      std::this_thread::sleep_for(5ms);
    }
  });
  EXPECT_TRUE(http.is_closed());
  EXPECT_TRUE(tcp.is_closed());
  dripping.join();
  silent.send(post("/echo", "still here"));
  EXPECT_EQ(silent.read_answer().body, "still here");
}

TEST(TimeLimits, ASlowBodyIsCut) {
  GatewayOptions options;
  options.body_timeout_ms = 60ms;
  TestGateway gateway(options);
  RawClient http = gateway.http_client();
  RawClient chunked = gateway.http_client();
  RawClient tcp = gateway.tcp_client();
  http.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
  chunked.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n");
  tcp.send(frame(1, "hello").substr(0, 14));
  EXPECT_TRUE(http.is_closed());
  EXPECT_TRUE(chunked.is_closed());
  EXPECT_TRUE(tcp.is_closed());
}

TEST(TimeLimits, AnUploadMayTakeLongButNotPause) {
  GatewayOptions options;
  options.body_timeout_ms = 1000ms;
  TestGateway gateway(options);
  RawClient client = gateway.http_client();
  client.send("POST /echo/import HTTP/1.1\r\nHost: a\r\nContent-Length: 15\r\n\r\n");
  for (int i = 0; i < 15; ++i) {
    std::this_thread::sleep_for(100ms);
    client.send("x");
  }
  EXPECT_EQ(client.read_answer().body, std::string(15, 'x'));
  client.send("POST /echo/import HTTP/1.1\r\nHost: a\r\nContent-Length: 15\r\n\r\nx");
  EXPECT_TRUE(client.is_closed());
}

TEST(TimeLimits, AnIdleConnectionIsClosedButNotOneThatWaitsForItsAnswer) {
  GatewayOptions options;
  options.idle_timeout_ms = 60ms;
  TestGateway gateway(options);
  RawClient waiting = gateway.http_client();
  RawClient waiting_tcp = gateway.tcp_client();
  waiting.send(post("/hold", "a"));
  waiting_tcp.send(frame(1, "b"));
  ASSERT_TRUE(gateway.hold.wait_for(2));
  RawClient never_spoke = gateway.http_client();
  RawClient spoke_once = gateway.http_client();
  spoke_once.send(post("/echo", "x"));
  EXPECT_EQ(spoke_once.read_answer().status, 200);
  EXPECT_TRUE(never_spoke.is_closed());
  EXPECT_TRUE(spoke_once.is_closed());
  gateway.hold.answer("a");
  gateway.hold.answer("b");
  EXPECT_EQ(waiting.read_answer().body, "a");
  EXPECT_EQ(waiting_tcp.read_frame().payload, "b");
  EXPECT_TRUE(waiting.is_closed());
}

TEST(TimeLimits, AReaderThatDoesNotReadIsCut) {
  GatewayOptions options;
  options.write_timeout_ms = 100ms;
  TestGateway gateway(options);
  RawClient http(gateway.http_port, 4096);
  RawClient tcp(gateway.tcp_port, 4096);
  http.send(post("/hold", "a"));
  tcp.send(frame(1, "b"));
  ASSERT_TRUE(gateway.hold.wait_for(2));
  const std::string large(32u << 20, 'x');  // more than the kernel buffers
  testing::answer_from_outside(gateway.hold.take("a").slot, large);
  testing::answer_from_outside(gateway.hold.take("b").slot, large);
  EXPECT_TRUE(eventually([&] { return gateway.metrics.open == 0; }));
  EXPECT_EQ(gateway.metrics.in_flight, 0);
}

TEST(TimeLimits, AReaderThatReadsGetsALargeAnswerWhole) {
  TestGateway gateway;
  RawClient client(gateway.http_port, 4096);
  client.send(post("/hold", "a"));
  ASSERT_TRUE(gateway.hold.wait_for(1));
  const std::string large(8u << 20, 'x');
  testing::answer_from_outside(gateway.hold.take("a").slot, large);
  EXPECT_EQ(client.read_answer().body, large);
  client.send(post("/echo", "next"));
  EXPECT_EQ(client.read_answer().body, "next");
}

// Reading was paused by the limit in flight: the sender is not to blame for what waits meanwhile.
TEST(TimeLimits, DoNotRunWhileWeDoNotRead) {
  GatewayOptions options;
  options.connection_inflight_max = 1;
  options.head_timeout_ms = 60ms;
  options.idle_timeout_ms = 60ms;
  TestGateway gateway(options);
  RawClient client = gateway.http_client();
  const std::string second = post("/hold", "b");
  client.send(post("/hold", "a") + second.substr(0, 10));
  ASSERT_TRUE(gateway.hold.wait_for(1));
  RawClient idle = gateway.http_client();
  EXPECT_TRUE(idle.is_closed());  // so much time has passed
  client.send(second.substr(10));
  gateway.hold.answer("a");
  EXPECT_EQ(client.read_answer().body, "a");
  ASSERT_TRUE(gateway.hold.wait_for(1));
  gateway.hold.answer("b");
  EXPECT_EQ(client.read_answer().body, "b");
}

}  // namespace
}  // namespace gongji::gateway
