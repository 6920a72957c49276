#include "gateway/tls/tls_channel.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "gateway/crypto/hash.hpp"

namespace gongji::gateway::tls {
namespace {

constexpr std::size_t kPlainBytesRead = 4 * 1024;  // at a time: most messages are smaller

int int_size(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, 1U << 30U)); }

}  // namespace

void TlsChannel::FreeSsl::operator()(SSL* ssl) const { SSL_free(ssl); }

TlsChannel::TlsChannel(const TlsContext& context)
    : ssl_(SSL_new(context.handle())),
      from_network_(BIO_new(BIO_s_mem())),
      to_network_(BIO_new(BIO_s_mem())) {
  if (ssl_ == nullptr || from_network_ == nullptr || to_network_ == nullptr) throw std::bad_alloc{};
  SSL_set_bio(ssl_.get(), from_network_, to_network_);
  SSL_set_accept_state(ssl_.get());
}

TlsChannel::~TlsChannel() = default;

TlsChannel::State TlsChannel::receive(std::string_view bytes, boost::beast::flat_buffer& plain,
                                      std::size_t padding) {
  if (is_over()) return state_;
  BIO_write(from_network_, bytes.data(), int_size(bytes.size()));
  if (state_ == State::kHandshake && !shake_hands()) return state_;
  if (state_ == State::kOpen) read_plain(plain, padding);
  return state_;
}

// False while more bytes are needed, or when it failed.
bool TlsChannel::shake_hands() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  if (result == 1) {
    state_ = State::kOpen;
    return true;
  }
  note_failure(result);
  return false;
}

void TlsChannel::read_plain(boost::beast::flat_buffer& plain, std::size_t padding) {
  while (state_ == State::kOpen) {
    const auto space = plain.prepare(kPlainBytesRead + padding);
    ERR_clear_error();
    const int result = SSL_read(ssl_.get(), space.data(), static_cast<int>(kPlainBytesRead));
    if (result <= 0) return note_failure(result);
    plain.commit(static_cast<std::size_t>(result));
  }
}

void TlsChannel::note_failure(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return;
    case SSL_ERROR_ZERO_RETURN: state_ = State::kEnded; return;
    default: state_ = State::kBroken; ERR_clear_error();
  }
}

void TlsChannel::send(std::string_view plain) {
  while (!plain.empty() && state_ != State::kBroken) {
    ERR_clear_error();
    const int result = SSL_write(ssl_.get(), plain.data(), int_size(plain.size()));
    if (result <= 0) {  // memory takes everything: this is a broken session, not a full one
      state_ = State::kBroken;
      return;
    }
    plain.remove_prefix(static_cast<std::size_t>(result));
  }
}

bool TlsChannel::end() {
  if (std::exchange(ended_, true)) return false;
  if (state_ != State::kOpen && state_ != State::kEnded) return false;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  return has_output();
}

void TlsChannel::take_output(std::string& bytes) {
  const std::size_t waiting = BIO_ctrl_pending(to_network_);
  if (waiting == 0) return;
  const std::size_t before = bytes.size();
  bytes.resize(before + waiting);
  BIO_read(to_network_, bytes.data() + before, int_size(waiting));
}

bool TlsChannel::has_output() const { return BIO_ctrl_pending(to_network_) != 0; }

std::string TlsChannel::peer_certificate_sha256() const {
  const X509* certificate = SSL_get0_peer_certificate(ssl_.get());
  if (certificate == nullptr) return {};
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1) return {};
  return crypto::to_hex(digest);
}

}  // namespace gongji::gateway::tls
