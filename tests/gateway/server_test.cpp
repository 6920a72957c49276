// Many connections, too many connections, too much work, and the end of it all.
#include "gateway/server.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <thread>
#include <vector>

#include "tests/gateway/test_gateway.hpp"

namespace gongji::gateway {
namespace {

using namespace std::chrono_literals;
using testing::eventually;
using testing::frame;
using testing::post;
using testing::RawClient;
using testing::TestGateway;

TEST(Server, ServesAThousandConnections) {
  TestGateway gateway;
  std::vector<RawClient> clients;
  for (int i = 0; i < 1000; ++i) {
    clients.emplace_back(i % 2 == 0 ? gateway.http_port : gateway.tcp_echo_port);
    ASSERT_TRUE(clients.back().connected());
  }
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < clients.size(); ++i) {
      const std::string body = "client " + std::to_string(i);
      clients[i].send(i % 2 == 0 ? post("/echo", body) : frame(i, body));
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
      const std::string body = "client " + std::to_string(i);
      ASSERT_EQ(i % 2 == 0 ? clients[i].read_answer().body : clients[i].read_frame().payload, body);
    }
  }
  EXPECT_EQ(gateway.metrics.open, 1000);
  EXPECT_EQ(gateway.gate->sessions(), 1000U);
  clients.clear();
  EXPECT_TRUE(eventually([&] { return gateway.metrics.open == 0; }));
  EXPECT_EQ(gateway.gate->sessions(), 0U);
}

TEST(Server, ClosesConnectionsAboveTheLimitAtOnce) {
  GatewayOptions options;
  options.connections_max = 2;
  TestGateway gateway(options);
  {
    RawClient first = gateway.http_client();
    RawClient second = gateway.tcp_client();
    ASSERT_TRUE(eventually([&] { return gateway.metrics.open == 2; }));
    RawClient third = gateway.http_client();
    EXPECT_TRUE(third.is_closed());
    first.send(post("/echo", "served"));
    EXPECT_EQ(first.read_answer().body, "served");
  }
  ASSERT_TRUE(eventually([&] { return gateway.metrics.open == 0; }));
  RawClient next = gateway.http_client();
  next.send(post("/echo", "again"));
  EXPECT_EQ(next.read_answer().body, "again");
}

// In a child process with few file descriptors: serves until told to end.
[[noreturn]] void serve_with_few_descriptors(int tell_port, int wait_for_end) {
  const rlimit few{32, 32};
  ::setrlimit(RLIMIT_NOFILE, &few);
  {
    TestGateway gateway;
    if (::write(tell_port, &gateway.http_port, sizeof gateway.http_port) != 2) ::_exit(3);
    char end = 0;
    if (::read(wait_for_end, &end, 1) != 1) ::_exit(4);
  }
  ::_exit(0);
}

TEST(Server, SurvivesRunningOutOfFileDescriptors) {
  std::array<int, 2> port_pipe{};
  std::array<int, 2> end_pipe{};
  ASSERT_EQ(::pipe(port_pipe.data()), 0);
  ASSERT_EQ(::pipe(end_pipe.data()), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) serve_with_few_descriptors(port_pipe[1], end_pipe[0]);
  std::uint16_t port = 0;
  ASSERT_EQ(::read(port_pipe[0], &port, sizeof port), 2);

  std::vector<RawClient> clients;
  for (int i = 0; i < 60; ++i) clients.emplace_back(port);
  clients.front().send(post("/echo", "first"));  // those that got in are served
  EXPECT_EQ(clients.front().read_answer().body, "first");
  clients.back().send(post("/echo", "last"));  // waits in the kernel's queue
  for (std::size_t i = 0; i + 1 < clients.size(); ++i) clients[i].close();
  EXPECT_EQ(clients.back().read_answer().body, "last");
  RawClient next(port);
  next.send(post("/echo", "next"));
  EXPECT_EQ(next.read_answer().body, "next");

  ASSERT_EQ(::write(end_pipe[1], "x", 1), 1);
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  for (const int end : {port_pipe[0], port_pipe[1], end_pipe[0], end_pipe[1]}) ::close(end);
}

TEST(Server, SaysWhyItCannotListen) {
  testing::CountingMetrics metrics;
  IoLoop loop("test");
  const SharedLimits limits{std::make_shared<Admission>(1u, metrics),
                            std::make_shared<SessionGate>(1)};
  HttpServer first(loop, Router(), {}, limits, metrics);
  const auto bound = first.listen({"127.0.0.1", 0});
  ASSERT_TRUE(bound);
  EXPECT_NE(bound->port, 0);
  HttpServer second(loop, Router(), {}, limits, metrics);
  const auto taken = second.listen(*bound);
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().find("127.0.0.1:" + std::to_string(bound->port)), std::string::npos);
  HttpServer third(loop, Router(), {}, limits, metrics);
  EXPECT_FALSE(third.listen({"not an address", 0}));
}

TEST(Server, SeveralLoopsShareAPort) {
  GatewayOptions options;
  options.loop_threads = 2;
  TestGateway gateway(options);
  IoLoop second_loop("second");
  Router router;
  Route route;
  route.prefix = "/echo";
  route.methods = {"POST"};
  route.handler = &gateway.echo;
  router.add(std::move(route));
  HttpServer second(second_loop, std::move(router), options, {gateway.admission, gateway.gate},
                    gateway.metrics);
  ASSERT_TRUE(second.listen({"127.0.0.1", gateway.http_port}));
  second_loop.start();
  for (int i = 0; i < 50; ++i) {
    RawClient client = gateway.http_client();
    client.send(post("/echo", "x"));
    EXPECT_EQ(client.read_answer().body, "x");
  }
  second_loop.stop();
}

// ---- admission ----

TEST(Server, RefusesAtOnceWhatIsAboveTheLimitInFlight) {
  GatewayOptions options;
  options.inflight_max = 1;
  TestGateway gateway(options);
  RawClient holder = gateway.http_client();
  holder.send(post("/hold", "a"));
  ASSERT_TRUE(gateway.hold.wait_for(1));

  RawClient http = gateway.http_client();
  http.send(post("/hold", "b"));
  const auto refused = http.read_answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_TRUE(refused.has("Retry-After: 1\r\n"));
  EXPECT_FALSE(refused.has("Connection: close"));
  EXPECT_EQ(refused.body, "too busy; retry after 1 s\n");
  RawClient tcp = gateway.tcp_client();
  tcp.send(frame(8, "c"));
  const auto busy = tcp.read_frame();
  EXPECT_EQ(busy.correlation_id, 8U);
  EXPECT_EQ(busy.payload, "too busy; retry after 1 s\n");
  EXPECT_EQ(gateway.metrics.refused, 2);
  EXPECT_EQ(gateway.hold.count(), 1U);

  gateway.hold.answer("a");
  EXPECT_EQ(holder.read_answer().body, "a");
  ASSERT_TRUE(eventually([&] { return gateway.admission->inflight() == 0; }));
  http.send(post("/echo", "now"));
  EXPECT_EQ(http.read_answer().body, "now");
}

// ---- draining ----

TEST(Server, SendsHttpClientsAwayAndServesThemStill) {
  TestGateway gateway;
  RawClient busy = gateway.http_client();
  RawClient later = gateway.http_client();
  RawClient tcp = gateway.tcp_client();
  later.send(post("/echo", "before"));
  EXPECT_FALSE(later.read_answer().has("Connection: close"));
  busy.send(post("/hold", "a") + post("/hold", "b"));
  ASSERT_TRUE(gateway.hold.wait_for(2));
  gateway.http->send_away();

  later.send(post("/echo", "served"));
  const auto last = later.read_answer();
  EXPECT_EQ(last.body, "served");
  EXPECT_TRUE(last.has("Connection: close\r\n"));
  EXPECT_TRUE(later.is_closed());
  gateway.hold.answer("a");
  EXPECT_FALSE(busy.read_answer().has("Connection: close"));  // another answer follows
  gateway.hold.answer("b");
  EXPECT_TRUE(busy.read_answer().has("Connection: close\r\n"));
  EXPECT_TRUE(busy.is_closed());

  RawClient fresh = gateway.http_client();  // who comes now is served too
  fresh.send(post("/echo", "new"));
  EXPECT_EQ(fresh.read_answer().status, 200);
  tcp.send(frame(1, "c"));
  ASSERT_TRUE(gateway.hold.wait_for(1));
  gateway.hold.answer("c");
  EXPECT_EQ(tcp.read_frame().payload, "c");
  tcp.send(frame(2, "d"));  // a frame cannot say goodbye: the connection stays until the drain
  ASSERT_TRUE(gateway.hold.wait_for(1));
  gateway.hold.answer("d");
  EXPECT_EQ(tcp.read_frame().payload, "d");
}

TEST(Server, DrainsIdleConnectionsAtOnceAndBusyOnesAfterTheirAnswer) {
  TestGateway gateway;
  RawClient idle_http = gateway.http_client();
  RawClient idle_tcp = gateway.tcp_client();
  RawClient http = gateway.http_client();
  RawClient tcp = gateway.tcp_client();
  http.send(post("/hold", "a") + post("/hold", "b"));
  tcp.send(frame(1, "c"));
  ASSERT_TRUE(gateway.hold.wait_for(3));
  gateway.begin_drain(60s);
  EXPECT_TRUE(idle_http.is_closed());
  EXPECT_TRUE(idle_tcp.is_closed());
  EXPECT_FALSE(gateway.http_client().connected());
  EXPECT_FALSE(gateway.gate->wait_drained(1ms));

  gateway.hold.answer("b");
  gateway.hold.answer("a");
  gateway.hold.answer("c");
  const auto first = http.read_answer();
  EXPECT_EQ(first.body, "a");
  EXPECT_FALSE(first.has("Connection: close"));  // another answer follows
  const auto last = http.read_answer();
  EXPECT_EQ(last.body, "b");
  EXPECT_TRUE(last.has("Connection: close\r\n"));
  EXPECT_TRUE(http.is_closed());
  EXPECT_EQ(tcp.read_frame().payload, "c");
  EXPECT_TRUE(tcp.is_closed());
  for (RawClient* client : {&idle_http, &idle_tcp, &http, &tcp}) client->close();
  EXPECT_TRUE(gateway.gate->wait_drained(10s));
}

TEST(Server, RefusesNewWorkWhileItDrains) {
  TestGateway gateway;
  RawClient http = gateway.http_client();
  RawClient half = gateway.http_client();
  RawClient tcp = gateway.tcp_client();
  const std::string held_back = post("/echo", "hello", "Expect: 100-continue\r\n");
  http.send(post("/hold", "a"));
  tcp.send(frame(1, "b"));
  half.send(held_back.substr(0, held_back.size() - 5));
  ASSERT_EQ(half.read_answer().status, 100);
  ASSERT_TRUE(gateway.hold.wait_for(2));
  gateway.begin_drain(60s);
  ASSERT_TRUE(eventually([&] { return !gateway.http_client().connected(); }));

  half.send("hello");  // was on its way: refused, not cut
  const auto refused = half.read_answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_TRUE(refused.has("Connection: close\r\n"));
  EXPECT_EQ(refused.body, "shutting down; retry after 1 s\n");
  tcp.send(frame(2, "new"));
  EXPECT_EQ(tcp.read_frame().payload, "shutting down; retry after 1 s\n");
  http.send(post("/hold", "new"));
  ASSERT_TRUE(eventually([&] { return gateway.metrics.refused == 3; }));
  gateway.hold.answer("a");
  gateway.hold.answer("b");
  EXPECT_EQ(http.read_answer().body, "a");
  EXPECT_EQ(http.read_answer().status, 503);
  EXPECT_TRUE(http.is_closed());
  EXPECT_EQ(tcp.read_frame().payload, "b");
  EXPECT_TRUE(tcp.is_closed());
}

TEST(Server, CutsWhatIsLeftAfterTheDeadline) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send(post("/hold", "never answered"));
  ASSERT_TRUE(gateway.hold.wait_for(1));
  gateway.begin_drain(30ms);
  EXPECT_TRUE(client.is_closed());
  EXPECT_TRUE(gateway.gate->wait_drained(10s));
  gateway.hold.answer("never answered");  // too late, harmless
}

TEST(Server, MayBeDestroyedWithOpenConnectionsAndHeldSlots) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send(post("/hold", "a") + post("/hold", "b"));
  ASSERT_TRUE(gateway.hold.wait_for(2));
  gateway.loop.stop();
  gateway.hold.answer("b");  // a task for a loop that has ended
  gateway.http.reset();
  EXPECT_TRUE(client.is_closed());
  EXPECT_EQ(gateway.metrics.open, 0);
  EXPECT_EQ(gateway.metrics.in_flight, 1);
  (void)gateway.hold.take("a");  // outlived its connection, its server and its loop's thread
  EXPECT_EQ(gateway.metrics.in_flight, 0);
}

}  // namespace
}  // namespace gongji::gateway
