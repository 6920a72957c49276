#include "gateway/http/session.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/gateway/test_gateway.hpp"

namespace gongji::gateway {
namespace {

using testing::eventually;
using testing::post;
using testing::RawClient;
using testing::TestGateway;

TEST(HttpSession, KeepsTheConnectionAlive) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  for (const char* const body : {"one", "two", "", "three"}) {
    client.send(post("/echo", body));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, body);
    EXPECT_FALSE(answer.has("Connection:"));
  }
  EXPECT_EQ(gateway.metrics.open, 1);
  EXPECT_EQ(gateway.metrics.frames, 4);
  EXPECT_EQ(gateway.metrics.with_status(200), 4);
}

TEST(HttpSession, AnswersPipelinedRequestsInTheirOrderHoweverTheyFinish) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send(post("/hold", "a") + post("/hold", "b") + post("/echo", "c") + post("/hold", "d"));
  ASSERT_TRUE(gateway.hold.wait_for(3));
  std::thread([&] {  // an actor's thread
    gateway.hold.answer("d");
    gateway.hold.answer("b");
    gateway.hold.answer("a");
  })
      .join();
  for (const char* const body : {"a", "b", "c", "d"}) EXPECT_EQ(client.read_answer().body, body);
  EXPECT_TRUE(eventually([&] { return gateway.metrics.in_flight == 0; }));
}

TEST(HttpSession, AnswersManyPipelinedRequests) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  std::string requests;
  for (int i = 0; i < 5000; ++i) requests += post("/echo", "body " + std::to_string(i));
  std::thread sender([&] { client.send(requests); });
  for (int i = 0; i < 5000; ++i) {
    ASSERT_EQ(client.read_answer().body, "body " + std::to_string(i));
  }
  sender.join();
}

void expect_same_at_every_split(const std::string& bytes) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  for (std::size_t split = 1; split < bytes.size(); ++split) {
    client.send(bytes.substr(0, split));
    std::this_thread::sleep_for(std::chrono::microseconds(300));
    client.send(bytes.substr(split));
    const auto answer = client.read_answer();
    ASSERT_EQ(answer.status, 200) << "split at " << split;
    ASSERT_EQ(answer.body, "hello world") << "split at " << split;
  }
  for (const char byte : bytes) {
    client.send(std::string_view(&byte, 1));
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  EXPECT_EQ(client.read_answer().body, "hello world");
}

TEST(HttpSession, DoesNotMindWhereTheBytesAreSplit) {
  expect_same_at_every_split(post("/echo?x=1", "hello world", "Content-Type: text/plain\r\n"));
}

TEST(HttpSession, DoesNotMindWhereChunkedBytesAreSplit) {
  expect_same_at_every_split(
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
}

TEST(HttpSession, HonoursConnectionClose) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send(post("/echo", "last", "Connection: close\r\n") + post("/echo", "too late"));
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.body, "last");
  EXPECT_TRUE(answer.has("Connection: close\r\n"));
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpSession, ClosesAfterAnAnswerThatSaysSo) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send(post("/echo", "bye") + post("/echo", "too late"));
  EXPECT_TRUE(client.read_answer().has("Connection: close\r\n"));
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpSession, ClosesAfterHttp10) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(client.read_answer().has("Connection: close\r\n"));
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpSession, TellsHeadTheLengthWithoutABody) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send("HEAD /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi" +
              post("/echo", "next"));
  EXPECT_TRUE(client.read_answer(true).has("Content-Length: 2\r\n"));
  EXPECT_EQ(client.read_answer().body, "next");
}

TEST(HttpSession, AnswersUnknownPathsAndMethodsAndGoesOn) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send(post("/nowhere", "x") + "DELETE /echo HTTP/1.1\r\nHost: a\r\n\r\n" +
              "HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + post("/echo", "next"));
  EXPECT_EQ(client.read_answer().status, 404);
  const auto wrong_method = client.read_answer();
  EXPECT_EQ(wrong_method.status, 405);
  EXPECT_TRUE(wrong_method.has("Allow: POST, GET, HEAD\r\n"));
  EXPECT_EQ(client.read_answer(true).status, 404);
  EXPECT_EQ(client.read_answer().body, "next");
}

TEST(HttpSession, InvitesABodyThatIsHeldBack) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  const std::string bytes = post("/echo", "hello", "Expect: 100-Continue\r\n");
  client.send(bytes.substr(0, bytes.size() - 5));
  EXPECT_EQ(client.read_answer().status, 100);
  client.send("hello");
  EXPECT_EQ(client.read_answer().body, "hello");
  client.send(bytes);  // not held back: no invitation
  EXPECT_EQ(client.read_answer().body, "hello");
}

TEST(HttpSession, InvitesInTheOrderOfTheRequests) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  const std::string bytes = post("/echo", "hello", "Expect: 100-continue\r\n");
  client.send(post("/hold", "first") + bytes.substr(0, bytes.size() - 5));
  ASSERT_TRUE(gateway.hold.wait_for(1));
  gateway.hold.answer("first");
  EXPECT_EQ(client.read_answer().body, "first");
  EXPECT_EQ(client.read_answer().status, 100);
  client.send("hello");
  EXPECT_EQ(client.read_answer().body, "hello");
}

TEST(HttpSession, DoesNotInviteABodyItWillNotRead) {
  TestGateway gateway;
  for (const auto& [path, length, status] :
       {std::tuple{"/nowhere", "5", 404}, std::tuple{"/echo", "65537", 413}}) {
    RawClient client = gateway.http_client();
    client.send("POST " + std::string(path) + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length +
                "\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, status);
    EXPECT_TRUE(client.is_closed());
  }
}

TEST(HttpSession, TheFirstByteStartsTheClock) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  const std::string bytes = post("/hold", "hello", "Expect: 100-continue\r\n");
  const Moment before = std::chrono::steady_clock::now();
  client.send(bytes.substr(0, bytes.size() - 5));
  ASSERT_EQ(client.read_answer().status, 100);
  const Moment between = std::chrono::steady_clock::now();
  client.send("hello");
  ASSERT_TRUE(gateway.hold.wait_for(1));
  const auto held = gateway.hold.take("hello");
  EXPECT_GE(held.first_byte_at, before);
  EXPECT_LE(held.first_byte_at, between);
}

TEST(HttpSession, ASlotDestroyedUnansweredIsAnsweredUnknownInItsPlace) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send(post("/hold", "lost") + post("/hold", "kept") + post("/echo", "drop"));
  ASSERT_TRUE(gateway.hold.wait_for(2));
  gateway.hold.answer("kept");
  std::thread([&] { (void)gateway.hold.take("lost"); }).join();
  const auto lost = client.read_answer();
  EXPECT_EQ(lost.status, 500);
  EXPECT_EQ(lost.body, "outcome unknown\n");
  EXPECT_EQ(client.read_answer().body, "kept");
  EXPECT_EQ(client.read_answer().status, 500);
  EXPECT_TRUE(eventually([&] { return gateway.metrics.in_flight == 0; }));
}

TEST(HttpSession, AnExceptionInAHandlerHarmsOneRequest) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send(post("/echo", "boom") + post("/echo", "next"));
  EXPECT_EQ(client.read_answer().status, 500);
  EXPECT_EQ(client.read_answer().body, "next");
  EXPECT_EQ(gateway.faults, 1);
}

TEST(HttpSession, AnAnswerForAConnectionThatIsGoneIsDropped) {
  TestGateway gateway;
  {
    RawClient client = gateway.http_client();
    client.send(post("/hold", "a"));
    ASSERT_TRUE(gateway.hold.wait_for(1));
    client.send("nonsense\n");  // answered 400, in its order: after "a"
  }
  // The client is gone; the token stays taken until the message is done inside.
  EXPECT_EQ(gateway.metrics.in_flight, 1);
  gateway.hold.answer("a");
  EXPECT_TRUE(eventually([&] { return gateway.metrics.in_flight == 0; }));
  EXPECT_TRUE(eventually([&] { return gateway.metrics.open == 0; }));
  EXPECT_EQ(gateway.faults, 0);
}

TEST(HttpSession, AnswersACallerThatHasEndedItsHalf) {
  TestGateway gateway;
  RawClient client = gateway.http_client();
  client.send(post("/hold", "a"));
  client.end_sending();
  ASSERT_TRUE(gateway.hold.wait_for(1));
  gateway.hold.answer("a");
  EXPECT_EQ(client.read_answer().body, "a");
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpSession, ABodyIsTakenUpToTheLimitAndNotBeyond) {
  GatewayOptions options;
  options.frame_bytes_max = 1000;
  options.upload_bytes_max = 1u << 20;
  TestGateway gateway(options);
  const struct {
    const char* path;
    std::size_t bytes;
    int status;
  } rows[] = {{"/echo", 1000, 200},
              {"/echo", 1001, 413},
              {"/nowhere", 1001, 413},
              {"/echo/import", 1001, 200},
              {"/echo/import/more", 1u << 20, 200},
              {"/echo/import", (1u << 20) + 1, 413}};
  for (const auto& row : rows) {
    RawClient client = gateway.http_client();
    client.send(post(row.path, std::string(row.bytes, 'x')));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, row.status) << row.path << " " << row.bytes;
    if (row.status != 200) continue;
    EXPECT_EQ(answer.body.size(), row.bytes);
  }
}

std::string chunked_post(std::string_view path, std::size_t chunks) {
  std::string bytes =
      "POST " + std::string(path) + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t i = 0; i < chunks; ++i) bytes += "64\r\n" + std::string(100, 'x') + "\r\n";
  return bytes + "0\r\n\r\n";
}

TEST(HttpSession, AChunkedBodyIsTakenUpToTheLimitAndNotBeyond) {
  GatewayOptions options;
  options.frame_bytes_max = 1000;
  options.upload_bytes_max = 100'000;
  TestGateway gateway(options);
  const struct {
    const char* path;
    std::size_t chunks;
    int status;
  } rows[] = {{"/echo", 10, 200},
              {"/echo", 11, 413},
              {"/echo/import", 1000, 200},
              {"/echo/import", 1001, 413}};
  for (const auto& row : rows) {
    RawClient client = gateway.http_client();
    client.send(chunked_post(row.path, row.chunks) + post("/echo", "next"));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, row.status) << row.path << " " << row.chunks;
    if (row.status != 200) continue;
    EXPECT_EQ(answer.body, std::string(row.chunks * 100, 'x'));
    EXPECT_EQ(client.read_answer().body, "next");
  }
}

TEST(HttpSession, ALongBodyIsStreamedAndTheNextRequestFollows) {
  GatewayOptions options;
  options.frame_bytes_max = 1000;
  options.upload_bytes_max = 1u << 20;
  TestGateway gateway(options);
  const std::string chunks = [] {
    std::string bytes = "POST /stream/c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 500; ++i) bytes += "64\r\n" + std::string(100, 'a') + "\r\n";
    return bytes + "0\r\n\r\n";
  }();
  const struct {
    std::string bytes;
    std::string body;
  } rows[] = {{post("/stream", std::string(1000, 'x')), "whole"},
              {post("/stream/a", std::string(1001, 'a')), "/stream/a 1001"},
              {post("/stream/b", std::string(1u << 20, 'a')), "/stream/b 1048576"},
              {chunks, "/stream/c 50000"}};
  for (const auto& row : rows) {
    RawClient client = gateway.http_client();
    client.send(row.bytes + post("/echo", "next"));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, row.body);
    EXPECT_EQ(client.read_answer().body, "next");
  }
  EXPECT_TRUE(eventually([&] { return gateway.stream.open == 0; }));
}

TEST(HttpSession, AStreamedBodyMayBeRefusedBeforeOrWhileItComes) {
  GatewayOptions options;
  options.frame_bytes_max = 1000;
  options.upload_bytes_max = 100'000;
  TestGateway gateway(options);
  const std::string rows[] = {post("/stream/no", std::string(1001, 'a')),
                              post("/stream", std::string(5000, 'x')),
                              post("/stream", std::string(100'001, 'a')),
                              chunked_post("/stream", 11), chunked_post("/stream/no", 11)};
  for (const std::string& bytes : rows) {
    RawClient client = gateway.http_client();
    client.send(bytes);
    EXPECT_EQ(client.read_answer().status, 413) << bytes.substr(0, 40);
    EXPECT_TRUE(client.is_closed());
  }
  EXPECT_TRUE(eventually([&] { return gateway.stream.open == 0; }));
}

TEST(HttpSession, AStreamThatBreaksOffLeavesNothingBehind) {
  GatewayOptions options;
  options.frame_bytes_max = 1000;
  TestGateway gateway(options);
  for (int i = 0; i < 6; ++i) {  // more than are taken at a time
    RawClient client = gateway.http_client();
    client.send(post("/stream", std::string(5000, 'a')).substr(0, 3000));
    EXPECT_TRUE(eventually([&] { return gateway.stream.open == 1; }));
    client.end_sending();
    EXPECT_TRUE(client.is_closed());
    EXPECT_TRUE(eventually([&] { return gateway.stream.open == 0; }));
  }
}

TEST(HttpSession, OnlyAFewLargeBodiesAreTakenAtATime) {
  GatewayOptions options;
  options.frame_bytes_max = 1000;
  TestGateway gateway(options);
  std::vector<RawClient> clients;
  const std::string body(2000, 'x');
  const std::string bytes = post("/echo/import", body, "Expect: 100-continue\r\n");
  for (int i = 0; i < 4; ++i) {
    clients.push_back(gateway.http_client());
    clients.back().send(bytes.substr(0, bytes.size() - body.size()));
    ASSERT_EQ(clients.back().read_answer().status, 100);
  }
  RawClient fifth = gateway.http_client();
  fifth.send(bytes.substr(0, bytes.size() - body.size()));
  const auto answer = fifth.read_answer();
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(answer.has("Retry-After: 1\r\n"));
  RawClient small = gateway.http_client();
  small.send(post("/echo/import", "small"));
  EXPECT_EQ(small.read_answer().body, "small");
  clients.front().send(body);
  EXPECT_EQ(clients.front().read_answer().body, body);
  RawClient sixth = gateway.http_client();
  sixth.send(bytes.substr(0, bytes.size() - body.size()));
  EXPECT_EQ(sixth.read_answer().status, 100);
}

TEST(HttpSession, StopsReadingAtItsLimitInFlightAndGoesOnAfterwards) {
  GatewayOptions options;
  options.connection_inflight_max = 2;
  TestGateway gateway(options);
  RawClient client = gateway.http_client();
  client.send(post("/hold", "a") + post("/hold", "b") + post("/hold", "c") + post("/hold", "d"));
  ASSERT_TRUE(gateway.hold.wait_for(2));
  RawClient other = gateway.http_client();  // by now the loop has had its chance to take more
  other.send(post("/echo", "x"));
  EXPECT_EQ(other.read_answer().body, "x");
  EXPECT_EQ(gateway.hold.count(), 2U);
  gateway.hold.answer("a");
  EXPECT_EQ(client.read_answer().body, "a");
  ASSERT_TRUE(gateway.hold.wait_for(2));
  for (const char* const body : {"b", "c", "d"}) {
    ASSERT_TRUE(eventually([&] { return gateway.hold.count() >= 1; }));
    gateway.hold.answer(body);
    EXPECT_EQ(client.read_answer().body, body);
  }
}

}  // namespace
}  // namespace gongji::gateway
