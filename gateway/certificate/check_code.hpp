// The check code of a certificate: says which journal record it was made from, and proves that this
// installation made it for exactly those fields. Citizens type it, so it is Crockford base32 (no I,
// L, O, U) in groups of four: "0000-0017-9KQ3-…".
//
//   sequence   5 bytes, big-endian; 6 to 8 once the journal needs them, never with a leading zero
//   tag        first 10 bytes of HMAC-SHA256(key, sequence as 8 bytes || canonical text)
//
// Written most significant bit first, the last character filled up with zero bits: 24 characters
// until the journal holds 2^40 records. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"

namespace gongji::gateway::certificate {

// Secret of this installation (certificate_key.hpp).
using CertificateKey = std::array<std::uint8_t, 32>;
using CheckTag = std::array<std::uint8_t, 10>;

struct CheckCode {
  Sequence sequence;
  CheckTag tag{};
  bool operator==(const CheckCode&) const = default;
};

std::string make_check_code(const CertificateKey& key, Sequence sequence,
                            std::string_view canonical);

// Forgiving to hands and eyes: lower case, O for 0, I and L for 1, dashes and spaces anywhere or
// nowhere. Nothing when the text cannot be a code. A parsed code proves nothing: ask verifies().
std::optional<CheckCode> parse_check_code(std::string_view text);

// Whether the code was made by this key for this text. Takes the same time wherever it differs.
bool verifies(const CertificateKey& key, const CheckCode& code, std::string_view canonical);

}  // namespace gongji::gateway::certificate
