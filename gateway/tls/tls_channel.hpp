// One TLS session, server side, as a machine that only turns bytes: what the network sent goes in
// through receive(), what the network is to be sent comes out through take_output(). It does no
// I/O, so a connection reads and writes its socket in one way whether it is encrypted or not.
// Loop thread only.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/tls/tls_context.hpp"

typedef struct ssl_st SSL;
typedef struct bio_st BIO;

namespace gongji::gateway::tls {

class TlsChannel {
 public:
  enum class State : std::uint8_t {
    kHandshake,
    kOpen,
    kEnded,   // the peer has said that it will send no more
    kBroken,  // handshake refused, or bytes that are no TLS; what is to be told lies in the output
  };

  explicit TlsChannel(const TlsContext& context);
  ~TlsChannel();
  TlsChannel(const TlsChannel&) = delete;
  TlsChannel& operator=(const TlsChannel&) = delete;

  // Takes what the network sent; what the peer said is appended to `plain`, which keeps `padding`
  // bytes free behind it.
  State receive(std::string_view bytes, boost::beast::flat_buffer& plain, std::size_t padding);
  // Encrypts; the bytes wait in the output.
  void send(std::string_view plain);
  // Says that nothing more will be sent. False when that was said before, or there is nobody to say
  // it to.
  bool end();
  // Appends what the network is to be sent.
  void take_output(std::string& bytes);
  [[nodiscard]] bool has_output() const;

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] bool is_over() const { return state_ == State::kEnded || state_ == State::kBroken; }
  // SHA-256 of the client's certificate, lower-case hex; "" when it showed none.
  [[nodiscard]] std::string peer_certificate_sha256() const;

 private:
  bool shake_hands();
  void read_plain(boost::beast::flat_buffer& plain, std::size_t padding);
  void note_failure(int result);

  struct FreeSsl {
    void operator()(SSL* ssl) const;
  };
  std::unique_ptr<SSL, FreeSsl> ssl_;
  BIO* from_network_;  // both owned by ssl_
  BIO* to_network_;
  State state_ = State::kHandshake;
  bool ended_ = false;
};

}  // namespace gongji::gateway::tls
