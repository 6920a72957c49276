#include "gateway/certificate/check_code.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <vector>

#include "gateway/wire/digest.hpp"

namespace gongji::gateway::certificate {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kGroupCharacters = 4;
constexpr std::size_t kSequenceBytesMin = 5;
constexpr std::size_t kSequenceBytesMax = 8;
constexpr std::size_t kTextBytesMax = 64;  // with all the dashes and spaces one may type
constexpr unsigned kBitsPerCharacter = 5;

Bytes sequence_bytes(Sequence sequence, std::size_t width_min) {
  Bytes bytes;
  for (std::uint64_t rest = sequence.number(); rest > 0 || bytes.size() < width_min; rest >>= 8)
    bytes.push_back(static_cast<std::uint8_t>(rest));
  std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

CheckTag make_tag(const CertificateKey& key, Sequence sequence, std::string_view canonical) {
  const Bytes prefix = sequence_bytes(sequence, kSequenceBytesMax);
  std::string message{prefix.begin(), prefix.end()};
  message += canonical;
  const Digest full = wire::hmac_sha256(key, message);
  CheckTag tag;
  std::copy_n(full.begin(), tag.size(), tag.begin());
  return tag;
}

std::string to_base32(const Bytes& bytes) {
  std::string out;
  unsigned pending = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    pending = (pending << 8 | byte) & 0xfff;
    for (bits += 8; bits >= kBitsPerCharacter; bits -= kBitsPerCharacter)
      out += kAlphabet[pending >> (bits - kBitsPerCharacter) & 31];
  }
  if (bits > 0) out += kAlphabet[pending << (kBitsPerCharacter - bits) & 31];
  return out;
}

std::string grouped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % kGroupCharacters == 0) out += '-';
    out += text[i];
  }
  return out;
}

std::optional<unsigned> value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const std::size_t place = kAlphabet.find(c);
  if (place == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(place);
}

// Nothing when a character is foreign or the bits that fill up the last one are not zero.
std::optional<Bytes> from_base32(std::string_view text) {
  Bytes bytes;
  unsigned pending = 0;
  unsigned bits = 0;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const auto value = value_of(c);
    if (!value) return std::nullopt;
    pending = (pending << kBitsPerCharacter | *value) & 0xfff;
    bits += kBitsPerCharacter;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(pending >> bits));
  }
  const bool whole = bits < kBitsPerCharacter && (pending & ((1U << bits) - 1)) == 0;
  return whole ? std::optional{std::move(bytes)} : std::nullopt;
}

}  // namespace

std::string make_check_code(const CertificateKey& key, Sequence sequence,
                            std::string_view canonical) {
  Bytes bytes = sequence_bytes(sequence, kSequenceBytesMin);
  const CheckTag tag = make_tag(key, sequence, canonical);
  bytes.insert(bytes.end(), tag.begin(), tag.end());
  return grouped(to_base32(bytes));
}

std::optional<CheckCode> parse_check_code(std::string_view text) {
  if (text.size() > kTextBytesMax) return std::nullopt;
  const auto bytes = from_base32(text);
  CheckCode code;
  const std::size_t shortest = kSequenceBytesMin + code.tag.size();
  if (!bytes || bytes->size() < shortest || bytes->size() > kSequenceBytesMax + code.tag.size())
    return std::nullopt;
  const auto tag = bytes->end() - static_cast<std::ptrdiff_t>(code.tag.size());
  std::uint64_t number = 0;
  for (auto byte = bytes->begin(); byte != tag; ++byte) number = number << 8 | *byte;
  const bool padded = bytes->size() > shortest && bytes->front() == 0;
  if (number == 0 || padded) return std::nullopt;
  code.sequence = Sequence{number};
  std::copy(tag, bytes->end(), code.tag.begin());
  return code;
}

bool verifies(const CertificateKey& key, const CheckCode& code, std::string_view canonical) {
  const CheckTag wanted = make_tag(key, code.sequence, canonical);
  return CRYPTO_memcmp(wanted.data(), code.tag.data(), wanted.size()) == 0;
}

}  // namespace gongji::gateway::certificate
