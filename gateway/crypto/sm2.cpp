#include "gateway/crypto/sm2.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace gongji::gateway::crypto {
namespace {

constexpr std::size_t kPointBytes = 65;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kBase64Length = 88;  // of 64 bytes, with two signs of padding

template <auto kFree>
struct Free {
  template <class Handle>
  void operator()(Handle* handle) const {
    kFree(handle);
  }
};
template <class Handle, auto kFree>
using Owned = std::unique_ptr<Handle, Free<kFree>>;

int nibble(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

std::optional<std::vector<unsigned char>> from_hex_digits(std::string_view text) {
  std::vector<unsigned char> bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const int high = nibble(text[i]);
    const int low = nibble(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<unsigned char>(16 * high + low));
  }
  return bytes;
}

// One text for one signature: what decodes but is written otherwise is refused.
std::optional<std::array<unsigned char, kSignatureBytes>> from_base64(std::string_view text) {
  if (text.size() != kBase64Length || !text.ends_with("==")) return std::nullopt;
  std::array<unsigned char, kSignatureBytes + 2> bytes{};
  const auto* written = reinterpret_cast<const unsigned char*>(text.data());
  if (EVP_DecodeBlock(bytes.data(), written, static_cast<int>(text.size())) !=
      static_cast<int>(bytes.size()))
    return std::nullopt;
  std::array<unsigned char, kBase64Length + 1> again{};
  EVP_EncodeBlock(again.data(), bytes.data(), static_cast<int>(kSignatureBytes));
  if (text != std::string_view{reinterpret_cast<const char*>(again.data()), kBase64Length})
    return std::nullopt;
  std::array<unsigned char, kSignatureBytes> signature{};
  std::copy_n(bytes.begin(), kSignatureBytes, signature.begin());
  return signature;
}

// OpenSSL wants r and s as ASN.1.
std::vector<unsigned char> to_der(const std::array<unsigned char, kSignatureBytes>& signature) {
  constexpr int kHalf = static_cast<int>(kSignatureBytes / 2);
  const Owned<ECDSA_SIG, ECDSA_SIG_free> pair{ECDSA_SIG_new()};
  if (ECDSA_SIG_set0(pair.get(), BN_bin2bn(signature.data(), kHalf, nullptr),
                     BN_bin2bn(signature.data() + kHalf, kHalf, nullptr)) != 1)
    return {};
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &bytes);
  if (size <= 0) return {};
  std::vector<unsigned char> der(bytes, bytes + size);
  OPENSSL_free(bytes);
  return der;
}

bool verify(EVP_PKEY* key, std::string_view text, const std::vector<unsigned char>& der) {
  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> running{EVP_MD_CTX_new()};
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new(key, nullptr)};
  if (running == nullptr || context == nullptr) return false;
  EVP_MD_CTX_set_pkey_ctx(running.get(), context.get());
  return EVP_PKEY_CTX_set1_id(context.get(), kSm2UserId.data(), kSm2UserId.size()) == 1 &&
         EVP_DigestVerifyInit(running.get(), nullptr, EVP_sm3(), nullptr, key) == 1 &&
         EVP_DigestVerify(running.get(), der.data(), der.size(),
                          reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
}

}  // namespace

std::optional<Sm2PublicKey> Sm2PublicKey::from_hex(std::string_view point) {
  auto bytes = from_hex_digits(point);
  if (!bytes || bytes->size() != kPointBytes || point.size() != 2 * kPointBytes)
    return std::nullopt;
  std::string group = "SM2";
  const std::array<OSSL_PARAM, 3> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, bytes->data(), bytes->size()),
      OSSL_PARAM_construct_end()};
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{
      EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr)};
  EVP_PKEY* key = nullptr;
  const bool made = context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY,
                                      const_cast<OSSL_PARAM*>(parameters.data())) == 1;
  ERR_clear_error();
  if (!made) return std::nullopt;
  return Sm2PublicKey{std::shared_ptr<EVP_PKEY>{key, EVP_PKEY_free}};
}

bool Sm2PublicKey::verifies(std::string_view text, std::string_view signature) const {
  const auto bytes = from_base64(signature);
  if (!bytes) return false;
  const std::vector<unsigned char> der = to_der(*bytes);
  const bool good = !der.empty() && verify(key_.get(), text, der);
  ERR_clear_error();
  return good;
}

}  // namespace gongji::gateway::crypto
