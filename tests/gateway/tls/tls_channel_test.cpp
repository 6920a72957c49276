#include "gateway/tls/tls_channel.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/tls/tls_peer.hpp"

namespace gongji::gateway::tls {
namespace {

using testing::Authority;
using testing::Issued;
using testing::TlsPeer;
using State = TlsChannel::State;

constexpr std::size_t kPadding = 64;

class TlsChannels : public ::testing::Test {
 protected:
  // Lets both sides talk until nobody has anything to say.
  void converse(TlsPeer& peer, std::size_t piece_bytes = 1U << 20U) {
    for (std::string to_gateway = peer.exchange({}); !to_gateway.empty() || channel.has_output();) {
      for (std::string_view rest = to_gateway; !rest.empty();) {
        const std::string_view piece = rest.substr(0, piece_bytes);
        channel.receive(piece, plain, kPadding);
        rest.remove_prefix(piece.size());
      }
      std::string to_peer;
      channel.take_output(to_peer);
      to_gateway = peer.exchange(to_peer);
    }
  }
  std::string heard() {
    const auto bytes = plain.cdata();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
  }

  Authority authority{"gongji tests"};
  Issued own = authority.issue("gateway");
  std::shared_ptr<const TlsContext> context =
      TlsContext::load({own.certificate_file, own.key_file, authority.certificate_file()}).value();
  TlsChannel channel{*context};
  boost::beast::flat_buffer plain;
};

TEST_F(TlsChannels, CarriesBytesBothWaysInBothVersions) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsChannel session{*context};
    TlsPeer peer{authority, nullptr, version};
    boost::beast::flat_buffer buffer;
    std::string to_gateway = peer.exchange({});
    for (int round = 0; round < 10; ++round) {
      session.receive(to_gateway, buffer, kPadding);
      std::string to_peer;
      session.take_output(to_peer);
      to_gateway = peer.exchange(to_peer);
    }
    ASSERT_TRUE(peer.shaken) << version;
    const std::string question(100'000, 'q');
    const std::string answer(100'000, 'a');
    peer.say(question);
    session.receive(peer.output(), buffer, kPadding);
    EXPECT_EQ(std::string(static_cast<const char*>(buffer.cdata().data()), buffer.size()),
              question);
    session.send(answer);
    std::string to_peer;
    session.take_output(to_peer);
    EXPECT_EQ(to_peer.find("aaaa"), std::string::npos) << "in the clear";
    peer.exchange(to_peer);
    EXPECT_EQ(peer.heard, answer);
    EXPECT_EQ(SSL_version(peer.ssl()), version);
  }
}

TEST_F(TlsChannels, DoesNotMindWhereTheBytesAreSplit) {
  TlsPeer peer{authority};
  converse(peer, 1);
  ASSERT_EQ(channel.state(), State::kOpen);
  peer.say("hello");
  converse(peer, 1);
  EXPECT_EQ(heard(), "hello");
}

TEST_F(TlsChannels, OlderVersionsAreRefused) {
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    TlsChannel session{*context};
    TlsPeer peer{authority, nullptr, version};
    session.receive(peer.exchange({}), plain, kPadding);
    EXPECT_EQ(session.state(), State::kBroken) << version;
  }
}

TEST_F(TlsChannels, KnowsTheClientsCertificateOrThatThereIsNone) {
  const Issued client = authority.issue("shop");
  TlsPeer with{authority, &client};
  converse(with);
  EXPECT_EQ(channel.state(), State::kOpen);
  EXPECT_EQ(channel.peer_certificate_sha256(), client.sha256);
  TlsChannel other{*context};
  EXPECT_EQ(other.peer_certificate_sha256(), "");
}

TEST_F(TlsChannels, ACertificateThatIsShownMustBeGood) {
  Authority foreign{"somebody else"};
  const Issued bad[] = {authority.issue("expired", {-7200, -3600}),
                        authority.issue("too early", {3600, 7200}),
                        foreign.issue("foreign"),
                        {foreign.certificate_file(), "", ""}};
  for (std::size_t i = 0; i < 3; ++i) {
    TlsChannel session{*context};
    TlsPeer peer{authority, &bad[i], TLS1_2_VERSION};
    std::string to_gateway = peer.exchange({});
    for (int round = 0; round < 10 && session.state() == State::kHandshake; ++round) {
      session.receive(to_gateway, plain, kPadding);
      std::string to_peer;
      session.take_output(to_peer);
      to_gateway = peer.exchange(to_peer);
    }
    EXPECT_EQ(session.state(), State::kBroken) << i;
    EXPECT_FALSE(peer.shaken) << i;
    EXPECT_EQ(session.peer_certificate_sha256().size() % 64, 0U);
  }
}

TEST_F(TlsChannels, SessionsAreNotResumedAndTakeNoEarlyData) {
  TlsPeer peer{authority, nullptr, TLS1_3_VERSION};
  converse(peer);
  ASSERT_TRUE(peer.shaken);
  const SSL_SESSION* session = SSL_get0_session(peer.ssl());
  EXPECT_FALSE(SSL_SESSION_is_resumable(session));
  EXPECT_EQ(SSL_SESSION_get_max_early_data(session), 0U);
}

TEST_F(TlsChannels, AClientCannotRenegotiate) {
  TlsPeer peer{authority, nullptr, TLS1_2_VERSION};
  converse(peer);
  ASSERT_TRUE(peer.shaken);
  SSL_renegotiate(peer.ssl());
  SSL_do_handshake(peer.ssl());
  converse(peer);
  EXPECT_FALSE(SSL_is_init_finished(peer.ssl())) << "the second handshake was done";
}

TEST_F(TlsChannels, BytesThatAreNoTlsBreakItAndNothingIsHeard) {
  for (const char* bytes :
       {"POST /fsi/api HTTP/1.1\r\nHost: x\r\n\r\n", "\x16\x03\x01\xff\xff garbage"}) {
    TlsChannel session{*context};
    session.receive(bytes, plain, kPadding);
    session.receive(std::string(70'000, 'x'), plain, kPadding);
    EXPECT_EQ(session.state(), State::kBroken);
    EXPECT_EQ(plain.size(), 0U);
  }
}

TEST_F(TlsChannels, AnAlteredRecordBreaksIt) {
  TlsPeer peer{authority};
  converse(peer);
  peer.say("hello");
  std::string record = peer.output();
  record[record.size() / 2] = static_cast<char>(record[record.size() / 2] ^ 1);
  EXPECT_EQ(channel.receive(record, plain, kPadding), State::kBroken);
  EXPECT_EQ(plain.size(), 0U);
}

TEST_F(TlsChannels, EitherSideMaySayThatItEnds) {
  TlsPeer peer{authority};
  converse(peer);
  EXPECT_TRUE(channel.end());
  EXPECT_FALSE(channel.end()) << "once is enough";
  converse(peer);
  EXPECT_TRUE(peer.ended);
  peer.say("last words");
  peer.end();
  channel.receive(peer.output(), plain, kPadding);
  EXPECT_EQ(channel.state(), State::kEnded);
  EXPECT_EQ(heard(), "last words");
}

}  // namespace
}  // namespace gongji::gateway::tls
