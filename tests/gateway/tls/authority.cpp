#include "tests/gateway/tls/authority.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "gateway/crypto/hash.hpp"

namespace gongji::gateway::testing {
namespace {

void extend(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Certificate make(const std::string& name, long serial, Validity validity, EVP_PKEY* key) {
  Certificate made{X509_new()};
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), validity.from_s);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), validity.to_s);
  X509_set_pubkey(made.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return made;
}

}  // namespace

std::string fingerprint(const X509* certificate) {
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  X509_digest(certificate, EVP_sha256(), digest.data(), &size);
  return crypto::to_hex(digest);
}

Authority::Authority(const std::string& name) {
  std::string pattern = (std::filesystem::temp_directory_path() / "gongji-tls-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  key_.reset(EVP_EC_gen("P-256"));
  certificate_ = make(name, serial_++, {-3600, 86400}, key_.get());
  X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
  extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate_.get(), key_.get(), EVP_sha256());
  own_ = write("authority", certificate_.get(), key_.get());
}

Authority::~Authority() { std::filesystem::remove_all(folder_); }

Issued Authority::issue(const std::string& name, Validity validity) {
  const KeyPair key{EVP_EC_gen("P-256")};
  const Certificate made = make(name, serial_++, validity, key.get());
  X509_set_issuer_name(made.get(), X509_get_subject_name(certificate_.get()));
  extend(made.get(), certificate_.get(), NID_subject_alt_name, "DNS:localhost");
  X509_sign(made.get(), key_.get(), EVP_sha256());
  return write(name, made.get(), key.get());
}

std::string Authority::file(const std::string& name, const std::string& text) const {
  std::ofstream{folder_ / name} << text;
  return (folder_ / name).string();
}

Issued Authority::write(const std::string& name, X509* certificate, EVP_PKEY* key) const {
  Issued issued{(folder_ / (name + ".pem")).string(), (folder_ / (name + ".key")).string(),
                fingerprint(certificate)};
  std::FILE* out = std::fopen(issued.certificate_file.c_str(), "w");
  PEM_write_X509(out, certificate);
  std::fclose(out);
  out = std::fopen(issued.key_file.c_str(), "w");
  PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  return issued;
}

}  // namespace gongji::gateway::testing
