#include "stores/redis/crc64.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace gongji::stores {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint64_t kPolynomial = 0x95ac9329ac4bc9b5;  // the lowest bit stands for x^63
constexpr std::size_t kStep = 8;                           // bytes taken at once

using Table = std::array<std::uint64_t, 256>;

// tables[n][b]: what a byte b does to the sum when n more bytes follow it in its step.
constexpr std::array<Table, kStep> make_tables() {
  std::array<Table, kStep> tables{};
  for (std::uint64_t byte = 0; byte < 256; ++byte) {
    std::uint64_t sum = byte;
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1U) ^ ((sum & 1U) * kPolynomial);
    tables[0][byte] = sum;
  }
  for (std::size_t more = 1; more < kStep; ++more)
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint64_t before = tables[more - 1][byte];
      tables[more][byte] = tables[0][before & 255U] ^ (before >> 8U);
    }
  return tables;
}
constexpr auto kTables = make_tables();

}  // namespace

std::uint64_t crc64(std::string_view bytes) {
  std::uint64_t sum = 0;
  for (; bytes.size() >= kStep; bytes.remove_prefix(kStep)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), kStep);
    word ^= sum;
    sum = 0;
    for (std::size_t i = 0; i < kStep; ++i) sum ^= kTables[kStep - 1 - i][(word >> (8 * i)) & 255U];
  }
  for (const char byte : bytes)
    sum = kTables[0][(sum ^ static_cast<unsigned char>(byte)) & 255U] ^ (sum >> 8U);
  return sum;
}

}  // namespace gongji::stores
