#include "gateway/crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace gongji::gateway::crypto {
namespace {

constexpr std::size_t kBlockBytes = 64;  // of both hashes
using Block = std::array<std::uint8_t, kBlockBytes>;

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

// Looking an algorithm up costs more than hashing a message, so it is done once a process.
const EVP_MD* algorithm(HashKind kind) {
  static const std::array<const EVP_MD*, 2> kFetched{EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                     EVP_MD_fetch(nullptr, "SM3", nullptr)};
  return kFetched[static_cast<std::size_t>(kind)];
}

EVP_MD_CTX* context(HashKind kind) {
  thread_local const std::array<Context, 2> kRunning{Context{EVP_MD_CTX_new()},
                                                     Context{EVP_MD_CTX_new()}};
  return kRunning[static_cast<std::size_t>(kind)].get();
}

Block masked(std::span<const std::uint8_t> key, std::uint8_t mask) {
  Block block;
  block.fill(mask);
  for (std::size_t i = 0; i < key.size(); ++i) block[i] = static_cast<std::uint8_t>(key[i] ^ mask);
  return block;
}

}  // namespace

RunningHash::RunningHash(HashKind kind) : kind_(kind) {
  if (EVP_DigestInit_ex2(context(kind), algorithm(kind), nullptr) != 1) std::abort();
}

void RunningHash::add(const void* bytes, std::size_t count) {
  if (EVP_DigestUpdate(context(kind_), bytes, count) != 1) std::abort();
}

Digest RunningHash::finish() {
  Digest digest;
  if (EVP_DigestFinal_ex(context(kind_), digest.data(), nullptr) != 1) std::abort();
  return digest;
}

void BodyHash::FreeContext::operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

BodyHash::BodyHash(HashKind kind) : running_(EVP_MD_CTX_new()) {
  if (EVP_DigestInit_ex2(running_.get(), algorithm(kind), nullptr) != 1) std::abort();
}

void BodyHash::add(std::string_view piece) {
  if (EVP_DigestUpdate(running_.get(), piece.data(), piece.size()) != 1) std::abort();
}

std::string BodyHash::finish() {
  Digest digest;
  if (EVP_DigestFinal_ex(running_.get(), digest.data(), nullptr) != 1) std::abort();
  return to_hex(digest);
}

Digest hash(HashKind kind, std::string_view text) {
  RunningHash running{kind};
  running.add(text);
  return running.finish();
}

Digest hmac(HashKind kind, std::span<const std::uint8_t> key, std::string_view text) {
  Digest short_key;
  if (key.size() > kBlockBytes) {
    short_key = hash(kind, {reinterpret_cast<const char*>(key.data()), key.size()});
    key = short_key;
  }
  const Block inner_pad = masked(key, 0x36);
  const Block outer_pad = masked(key, 0x5c);
  RunningHash inner{kind};
  inner.add(inner_pad.data(), inner_pad.size());
  inner.add(text);
  const Digest inner_digest = inner.finish();
  RunningHash outer{kind};
  outer.add(outer_pad.data(), outer_pad.size());
  outer.add(inner_digest.data(), inner_digest.size());
  return outer.finish();
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace gongji::gateway::crypto
