// Connections of both transports with TLS, over real sockets.
#include <gtest/gtest.h>

#include "gateway/connection.hpp"
#include "tests/gateway/test_gateway.hpp"
#include "tests/gateway/tls/tls_peer.hpp"

namespace gongji::gateway {
namespace {

using namespace testing;
using std::chrono::milliseconds;

// A socket that speaks TLS.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, const Authority& trusted, const Issued* certificate = nullptr,
            int version = 0)
      : socket_(port), peer_(trusted, certificate, version) {
    socket_.send(peer_.exchange({}));
    while (!peer_.shaken && !peer_.failed && hear()) {
    }
  }
  void send(std::string_view plain) {
    peer_.say(plain);
    socket_.send(peer_.output());
  }
  // Waits for so many bytes, or for the end.
  std::string receive(std::size_t count) {
    while (peer_.heard.size() < count && hear()) {
    }
    return std::exchange(peer_.heard, {});
  }
  // Whatever is said until the gateway closes.
  std::string receive_all() {
    while (hear()) {
    }
    return std::exchange(peer_.heard, {});
  }
  TlsPeer& peer() { return peer_; }
  RawClient& socket() { return socket_; }

 private:
  bool hear() {
    const std::string bytes = socket_.read_some();
    if (bytes.empty()) return false;
    socket_.send(peer_.exchange(bytes));
    return !peer_.failed;
  }

  RawClient socket_;
  TlsPeer peer_;
};

class TlsConnections : public ::testing::Test {
 protected:
  std::shared_ptr<const tls::TlsContext> context_of(const Issued& shown) {
    return tls::load_tls({shown.certificate_file, shown.key_file, authority.certificate_file()})
        .value();
  }

  Authority authority{"gongji tests"};
  Issued own = authority.issue("gateway");
  Issued shop = authority.issue("shop");
  std::shared_ptr<tls::TlsSource> source = std::make_shared<tls::TlsSource>(context_of(own));
};

TEST_F(TlsConnections, FramesAndRequestsAreAnsweredInBothVersions) {
  TestGateway gateway{{}, source};
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient frames(gateway.tcp_echo_port, authority, &shop, version);
    frames.send(frame(7, "hello") + frame(8, "again"));
    EXPECT_EQ(frames.receive(2 * 12 + 10), frame(7, "hello") + frame(8, "again"));
    TlsClient http(gateway.http_port, authority, &shop, version);
    http.send(post("/echo", "hello"));
    EXPECT_NE(http.receive(20).find("200 OK"), std::string::npos);
  }
  EXPECT_EQ(gateway.faults, 0);
}

TEST_F(TlsConnections, TheHandlerKnowsTheClientsCertificate) {
  TestGateway gateway{{}, source};
  TlsClient with(gateway.tcp_echo_port, authority, &shop);
  with.send(frame(1, "who"));
  EXPECT_EQ(with.receive(76), frame(1, shop.sha256));
  TlsClient without(gateway.tcp_echo_port, authority);
  without.send(frame(1, "who"));
  EXPECT_EQ(without.receive(12), frame(1, ""));
}

TEST_F(TlsConnections, LargeBodiesAndManyFramesPass) {
  GatewayOptions options;
  options.frame_bytes_max = 1U << 20U;
  TestGateway gateway{options, source};
  TlsClient client(gateway.tcp_echo_port, authority);
  const std::string large(900'000, 'b');
  client.send(frame(1, large));
  EXPECT_EQ(client.receive(large.size() + 12), frame(1, large));
  std::string many;
  for (std::uint64_t i = 0; i < 500; ++i) many += frame(i, "body");
  client.send(many);
  EXPECT_EQ(client.receive(many.size()).size(), many.size());
}

TEST_F(TlsConnections, PlainTextIsCutWithoutAnAnswerInIt) {
  TestGateway gateway{{}, source};
  RawClient client = gateway.http_client();
  client.send(post("/echo", "hello"));
  EXPECT_EQ(client.read_until_closed().find("HTTP"), std::string::npos);
  EXPECT_TRUE(eventually([&] { return gateway.metrics.open == 0; }));
}

TEST_F(TlsConnections, ABadClientCertificateIsNotHeard) {
  TestGateway gateway{{}, source};
  Authority foreign{"somebody else"};
  const Issued bad[] = {authority.issue("expired", {-7200, -3600}), foreign.issue("foreign")};
  for (const Issued& certificate : bad)
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
      TlsClient client(gateway.tcp_echo_port, authority, &certificate, version);
      client.send(frame(1, "who"));
      EXPECT_EQ(client.receive_all(), "");
      EXPECT_TRUE(client.peer().failed) << "it is told why";
    }
  EXPECT_EQ(gateway.metrics.frames, 0);
}

TEST_F(TlsConnections, WhoDoesNotFinishTheHandshakeIsCut) {
  GatewayOptions options;
  options.handshake_timeout_ms = milliseconds{200};
  TestGateway gateway{options, source};
  RawClient silent = gateway.http_client();
  EXPECT_TRUE(silent.is_closed());
  TlsPeer peer{authority};
  RawClient half = gateway.http_client();
  half.send(peer.exchange({}).substr(0, 50));
  EXPECT_TRUE(half.is_closed());
  EXPECT_TRUE(eventually([&] { return gateway.metrics.open == 0; }));
}

TEST_F(TlsConnections, TheGatewaySaysThatItEndsAndDoesNotWaitForTheAnswer) {
  TestGateway gateway{{}, source};
  TlsClient client(gateway.tcp_port, authority);
  client.send(frame(1, "a"));
  ASSERT_TRUE(gateway.hold.wait_for(1));
  gateway.begin_drain(std::chrono::seconds{10});
  gateway.hold.answer("a");
  EXPECT_EQ(client.receive_all(), frame(1, "a"));
  EXPECT_TRUE(client.peer().ended);
  EXPECT_TRUE(gateway.gate->wait_drained(std::chrono::seconds{10})) << "the client never said so";
}

TEST_F(TlsConnections, AClientThatEndsGetsTheAnswersThatAreStillDue) {
  TestGateway gateway{{}, source};
  TlsClient client(gateway.tcp_port, authority);
  client.send(frame(1, "a"));
  client.peer().end();
  client.socket().send(client.peer().output());
  ASSERT_TRUE(gateway.hold.wait_for(1));
  gateway.hold.answer("a");
  EXPECT_EQ(client.receive_all(), frame(1, "a"));
}

TEST_F(TlsConnections, ANewCertificateIsShownToNewConnections) {
  TestGateway gateway{{}, source};
  const auto shown = [&](TlsClient& client) {
    return testing::fingerprint(SSL_get0_peer_certificate(client.peer().ssl()));
  };
  TlsClient before(gateway.tcp_echo_port, authority);
  const Issued next = authority.issue("next");
  source->replace(context_of(next));
  TlsClient after(gateway.tcp_echo_port, authority);
  EXPECT_EQ(shown(before), own.sha256);
  EXPECT_EQ(shown(after), next.sha256);
  before.send(frame(1, "still here"));
  EXPECT_EQ(before.receive(22), frame(1, "still here"));
}

}  // namespace
}  // namespace gongji::gateway
