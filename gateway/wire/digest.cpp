#include "gateway/wire/digest.hpp"

#include <algorithm>
#include <array>

#include "gateway/crypto/hash.hpp"

namespace gongji::gateway::wire {

using crypto::HashKind;

Digest sha256(std::string_view text) { return crypto::hash(HashKind::kSha256, text); }

Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view text) {
  return crypto::hmac(HashKind::kSha256, key, text);
}

KeyHash key_hash(std::initializer_list<std::string_view> parts) {
  crypto::RunningHash hash{HashKind::kSha256};
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
  return crypto::equal_in_constant_time(left, right);
}

}  // namespace gongji::gateway::wire
