#include "gateway/tls/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <ctime>
#include <optional>

namespace gongji::gateway::tls {
namespace {

using Fault = std::optional<std::string>;

constexpr const char* kCiphersOfTls12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

std::string because(const std::string& file, const char* what) {
  const unsigned long code = ERR_get_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  ERR_clear_error();
  return file + ": " + what + (reason == nullptr ? "" : ": " + std::string{reason});
}

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, FreeContext>;

// What a payment interface has no use for is off: old versions, renegotiation, compression, and
// resumption with its early data, which would let a captured message be played again.
void restrict_to_the_needed(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kCiphersOfTls12);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_max_early_data(context, 0);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

Fault use_own_certificate(SSL_CTX* context, const TlsFiles& files) {
  if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1)
    return because(files.certificate, "no certificate can be read");
  if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1)
    return because(files.key, "no private key of this certificate can be read");
  if (SSL_CTX_check_private_key(context) != 1)
    return because(files.key, "is the key of another certificate");
  return std::nullopt;
}

Fault check_dates(SSL_CTX* context, const std::string& file) {
  const X509* own = SSL_CTX_get0_certificate(context);
  if (X509_cmp_current_time(X509_get0_notAfter(own)) <= 0)
    return file + ": the certificate has expired";
  if (X509_cmp_current_time(X509_get0_notBefore(own)) > 0)
    return file + ": the certificate is not valid yet";
  return std::nullopt;
}

// Asked for, not demanded: institutions that sign with a secret need no certificate. One that is
// shown must be good.
Fault take_client_certificates(SSL_CTX* context, const std::string& file) {
  if (file.empty()) return std::nullopt;
  if (SSL_CTX_load_verify_locations(context, file.c_str(), nullptr) != 1)
    return because(file, "no certificate authority can be read");
  STACK_OF(X509_NAME)* names = SSL_load_client_CA_file(file.c_str());
  if (names == nullptr) return because(file, "no certificate authority can be read");
  SSL_CTX_set_client_CA_list(context, names);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return std::nullopt;
}

std::chrono::sys_seconds end_of(SSL_CTX* context) {
  std::tm civil{};
  ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context)), &civil);
  return std::chrono::sys_seconds{std::chrono::seconds{timegm(&civil)}};
}

}  // namespace

Result<std::shared_ptr<const TlsContext>, std::string> TlsContext::load(const TlsFiles& files) {
  ERR_clear_error();
  Context context{SSL_CTX_new(TLS_server_method())};
  if (context == nullptr) return because("TLS", "cannot be set up");
  restrict_to_the_needed(context.get());
  if (auto fault = use_own_certificate(context.get(), files)) return *fault;
  if (auto fault = check_dates(context.get(), files.certificate)) return *fault;
  if (auto fault = take_client_certificates(context.get(), files.client_ca)) return *fault;
  const auto not_after = end_of(context.get());
  return std::shared_ptr<const TlsContext>{new TlsContext{context.release(), not_after}};
}

Result<std::shared_ptr<const TlsContext>, std::string> load_tls(const TlsFiles& files) {
  if (files.certificate.empty()) return std::shared_ptr<const TlsContext>{};
  return TlsContext::load(files);
}

TlsContext::~TlsContext() { SSL_CTX_free(handle_); }

}  // namespace gongji::gateway::tls
