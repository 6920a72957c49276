// The other side of a TlsChannel, for tests: a client session in memory.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

#include "tests/gateway/tls/authority.hpp"

namespace gongji::gateway::testing {

class TlsPeer {
 public:
  // `certificate` null: shows none. `version` 0: any.
  TlsPeer(const Authority& trusted, const Issued* certificate = nullptr, int version = 0);

  // Takes what the gateway sent and gives what is to be sent back. Plain text gathers in `heard`.
  std::string exchange(std::string_view from_gateway);
  void say(std::string_view plain);
  void end();  // close_notify
  [[nodiscard]] std::string output();
  [[nodiscard]] SSL* ssl() const { return ssl_.get(); }

  std::string heard;
  bool shaken = false;  // the handshake is done
  bool ended = false;   // the gateway said that it sends no more
  bool failed = false;

 private:
  void read();

  struct FreeTls {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  std::unique_ptr<SSL_CTX, FreeTls> context_;
  std::unique_ptr<SSL, FreeTls> ssl_;
  BIO* in_;
  BIO* out_;
};

}  // namespace gongji::gateway::testing
