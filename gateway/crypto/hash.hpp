// SHA-256 and SM3 (both 32 bytes), HMAC over either, and a comparison that takes the same time
// wherever two texts differ. Any thread. Nothing here fails: OpenSSL without its algorithms or
// without memory is no state to go on in, and ends the process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "domain/ids.hpp"

typedef struct evp_md_ctx_st EVP_MD_CTX;

namespace gongji::gateway::crypto {

enum class HashKind : std::uint8_t { kSha256, kSm3 };

// A hash in the making. At most one of each kind at a time on one thread.
class RunningHash {
 public:
  explicit RunningHash(HashKind kind);
  void add(const void* bytes, std::size_t count);
  void add(std::string_view text) { add(text.data(), text.size()); }
  [[nodiscard]] Digest finish();

 private:
  const HashKind kind_;
};

// The hash of a body that takes its time to arrive: as many at once as one likes.
class BodyHash {
 public:
  explicit BodyHash(HashKind kind);
  void add(std::string_view piece);
  [[nodiscard]] std::string finish();  // once; in hex

 private:
  struct FreeContext {
    void operator()(EVP_MD_CTX* context) const;
  };
  std::unique_ptr<EVP_MD_CTX, FreeContext> running_;
};

[[nodiscard]] Digest hash(HashKind kind, std::string_view text);
[[nodiscard]] Digest hmac(HashKind kind, std::span<const std::uint8_t> key, std::string_view text);

[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);  // lower case

// Takes the same time wherever the two differ; the lengths are not secret.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace gongji::gateway::crypto
