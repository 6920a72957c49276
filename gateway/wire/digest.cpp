#include "gateway/wire/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace gongji::gateway::wire {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Looking an algorithm up costs more than hashing a message, so it is done once a process.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return fetched;
}

// One running hash a thread; OpenSSL without SHA-256 or memory is no state to go on in.
class Sha256 {
 public:
  Sha256() {
    if (EVP_DigestInit_ex2(context(), algorithm(), nullptr) != 1) std::abort();
  }
  void add(const void* bytes, std::size_t count) {
    if (EVP_DigestUpdate(context(), bytes, count) != 1) std::abort();
  }
  void add(std::string_view text) { add(text.data(), text.size()); }
  Digest finish() {
    Digest digest;
    if (EVP_DigestFinal_ex(context(), digest.data(), nullptr) != 1) std::abort();
    return digest;
  }

 private:
  static EVP_MD_CTX* context() {
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> running{EVP_MD_CTX_new()};
    if (running == nullptr) std::abort();
    return running.get();
  }
};

constexpr std::size_t kBlockBytes = 64;
using Block = std::array<std::uint8_t, kBlockBytes>;

Block masked(std::span<const std::uint8_t> key, std::uint8_t mask) {
  Block block;
  block.fill(mask);
  for (std::size_t i = 0; i < key.size(); ++i) block[i] = static_cast<std::uint8_t>(key[i] ^ mask);
  return block;
}

}  // namespace

Digest sha256(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hash.finish();
}

Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view text) {
  Digest short_key;
  if (key.size() > kBlockBytes) {
    short_key = sha256({reinterpret_cast<const char*>(key.data()), key.size()});
    key = short_key;
  }
  const Block inner_pad = masked(key, 0x36);
  const Block outer_pad = masked(key, 0x5c);
  Sha256 inner;
  inner.add(inner_pad.data(), inner_pad.size());
  inner.add(text);
  const Digest inner_digest = inner.finish();
  Sha256 outer;
  outer.add(outer_pad.data(), outer_pad.size());
  outer.add(inner_digest.data(), inner_digest.size());
  return outer.finish();
}

KeyHash key_hash(std::initializer_list<std::string_view> parts) {
  Sha256 hash;
  for (const std::string_view part : parts) {
    const auto length = static_cast<std::uint32_t>(part.size());
    const std::array<std::uint8_t, 4> prefix{
        static_cast<std::uint8_t>(length >> 24), static_cast<std::uint8_t>(length >> 16),
        static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)};
    hash.add(prefix.data(), prefix.size());
    hash.add(part);
  }
  const Digest digest = hash.finish();
  KeyHash key;
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

KeyHash message_key_hash(const MessageKey& key) {
  return key_hash({key.institution.text(), key.infno, key.msgid});
}
KeyHash certno_alias(std::string_view certno) { return key_hash({"certno", certno}); }
KeyHash card_alias(std::string_view card_no) { return key_hash({"card", card_no}); }

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace gongji::gateway::wire
