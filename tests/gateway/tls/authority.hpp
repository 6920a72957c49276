// Certificates for tests: an authority that issues what it is asked for, as PEM files in a folder
// of its own that goes with it.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <string>

namespace gongji::gateway::testing {

struct FreePem {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using KeyPair = std::unique_ptr<EVP_PKEY, FreePem>;
using Certificate = std::unique_ptr<X509, FreePem>;

struct Issued {
  std::string certificate_file;
  std::string key_file;
  std::string sha256;  // lower-case hex
};

// From now.
struct Validity {
  long from_s = -60;
  long to_s = 3600;
};

// SHA-256, lower-case hex.
[[nodiscard]] std::string fingerprint(const X509* certificate);

class Authority {
 public:
  explicit Authority(const std::string& name);
  ~Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  [[nodiscard]] Issued issue(const std::string& name, Validity validity = {});
  [[nodiscard]] std::string certificate_file() const { return own_.certificate_file; }
  [[nodiscard]] std::string file(const std::string& name, const std::string& text) const;

 private:
  [[nodiscard]] Issued write(const std::string& name, X509* certificate, EVP_PKEY* key) const;

  std::filesystem::path folder_;
  KeyPair key_;
  Certificate certificate_;
  Issued own_;
  long serial_ = 1;
};

}  // namespace gongji::gateway::testing
