#include "tests/gateway/tls/tls_peer.hpp"

#include <openssl/err.h>

#include <array>
#include <utility>

namespace gongji::gateway::testing {

TlsPeer::TlsPeer(const Authority& trusted, const Issued* certificate, int version)
    : context_(SSL_CTX_new(TLS_client_method())) {
  SSL_CTX_load_verify_locations(context_.get(), trusted.certificate_file().c_str(), nullptr);
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_security_level(context_.get(), 0);  // so that a test may offer what is refused
  if (version != 0) {
    SSL_CTX_set_min_proto_version(context_.get(), version);
    SSL_CTX_set_max_proto_version(context_.get(), version);
  }
  if (certificate != nullptr) {
    SSL_CTX_use_certificate_chain_file(context_.get(), certificate->certificate_file.c_str());
    SSL_CTX_use_PrivateKey_file(context_.get(), certificate->key_file.c_str(), SSL_FILETYPE_PEM);
  }
  ssl_.reset(SSL_new(context_.get()));
  in_ = BIO_new(BIO_s_mem());
  out_ = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl_.get(), in_, out_);
  SSL_set_connect_state(ssl_.get());
}

std::string TlsPeer::exchange(std::string_view from_gateway) {
  BIO_write(in_, from_gateway.data(), static_cast<int>(from_gateway.size()));
  ERR_clear_error();
  if (!shaken) {
    const int result = SSL_do_handshake(ssl_.get());
    shaken = result == 1;
    failed = !shaken && SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ;
  }
  if (shaken) read();
  return output();
}

void TlsPeer::read() {
  std::array<char, 4096> bytes{};
  for (;;) {
    const int got = SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (got > 0) {
      heard.append(bytes.data(), static_cast<std::size_t>(got));
      continue;
    }
    const int error = SSL_get_error(ssl_.get(), got);
    ended = error == SSL_ERROR_ZERO_RETURN;
    failed = failed || (error != SSL_ERROR_WANT_READ && !ended);
    return;
  }
}

void TlsPeer::say(std::string_view plain) {
  SSL_write(ssl_.get(), plain.data(), static_cast<int>(plain.size()));
}

void TlsPeer::end() { SSL_shutdown(ssl_.get()); }

std::string TlsPeer::output() {
  std::string bytes(BIO_ctrl_pending(out_), '\0');
  if (!bytes.empty()) BIO_read(out_, bytes.data(), static_cast<int>(bytes.size()));
  return bytes;
}

}  // namespace gongji::gateway::testing
