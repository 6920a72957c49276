#include "stores/redis/key_slot.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace gongji::stores {
namespace {

constexpr unsigned kPolynomial = 0x1021;  // CRC16, XMODEM

constexpr std::array<std::uint16_t, 256> make_table() {
  std::array<std::uint16_t, 256> table{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    unsigned crc = byte << 8U;
    for (int bit = 0; bit < 8; ++bit)
      crc = (crc & 0x8000U) != 0 ? (crc << 1U) ^ kPolynomial : crc << 1U;
    table[byte] = static_cast<std::uint16_t>(crc);
  }
  return table;
}
constexpr auto kTable = make_table();

unsigned crc16(std::string_view text) {
  unsigned crc = 0;
  for (const char c : text)
    crc = ((crc << 8U) ^ kTable[((crc >> 8U) ^ static_cast<unsigned char>(c)) & 0xFFU]) & 0xFFFFU;
  return crc;
}

// Counts up until every slot has been hit.
std::vector<std::string> make_tags() {
  std::vector<std::string> tags(kSlots);
  unsigned missing = kSlots;
  for (unsigned number = 0; missing > 0; ++number) {
    std::string text = std::to_string(number);
    std::string& tag = tags[crc16(text) % kSlots];
    if (!tag.empty()) continue;
    tag = std::move(text);
    --missing;
  }
  return tags;
}

}  // namespace

unsigned slot_of(std::string_view key) {
  const std::size_t open = key.find('{');
  if (open != std::string_view::npos) {
    const std::size_t close = key.find('}', open);
    if (close != std::string_view::npos && close > open + 1)
      key = key.substr(open + 1, close - open - 1);
  }
  return crc16(key) % kSlots;
}

const std::string& tag_of(unsigned slot) {
  static const std::vector<std::string> tags = make_tags();
  return tags[slot];
}

}  // namespace gongji::stores
