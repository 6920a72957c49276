#include "stores/redis/ready_hash.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "stores/redis/crc64.hpp"

namespace gongji::stores {
namespace {

constexpr std::string_view kHead{
    "\x10\x80\0\0\0\0"
    "\0\0\0\0\0\0",
    12};
constexpr std::size_t kListAt = 6;
constexpr std::size_t kWordsAt = kListAt + 4;
constexpr std::size_t kShortWord = 0x80;
constexpr std::size_t kLongWord = 0xe0;
constexpr std::uint32_t kUncounted = 0xffff;  // Redis counts them when it must know
constexpr std::string_view kTail{"\xff\x0a\0", 3};

// Before a word: its length, in six bits or in twelve.
void put_length(std::string& bytes, std::size_t size) {
  if (size > 63) bytes += static_cast<char>(kLongWord | (size >> 8U));
  bytes += static_cast<char>(size > 63 ? size : kShortWord | size);
}

// Behind it: the length of all that, in sevens of bits, for who reads backwards.
void put_length_behind(std::string& bytes, std::size_t size) {
  if (size > 127) bytes += static_cast<char>(size >> 7U);
  bytes += static_cast<char>(size > 127 ? 0x80 | (size & 127U) : size);
}

}  // namespace

void ReadyHash::begin() {
  bytes_ = kHead;
  words_ = 0;
}

void ReadyHash::word(std::string_view text, std::string_view more) {
  const std::size_t begin = bytes_.size();
  put_length(bytes_, text.size() + more.size());
  bytes_ += text;
  bytes_ += more;
  put_length_behind(bytes_, bytes_.size() - begin);
  ++words_;
}

void ReadyHash::number(std::int64_t number) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  word({digits, static_cast<std::size_t>(end - digits)});
}

std::string_view ReadyHash::end() {
  const auto size = static_cast<std::uint32_t>(bytes_.size() - kListAt + 1);
  const std::uint32_t size_big_endian = __builtin_bswap32(size);
  std::memcpy(&bytes_[kListAt - 4], &size_big_endian, sizeof size);
  std::memcpy(&bytes_[kListAt], &size, sizeof size);
  const auto words = static_cast<std::uint16_t>(std::min(words_, kUncounted));
  std::memcpy(&bytes_[kWordsAt], &words, sizeof words);
  bytes_ += kTail;
  const std::uint64_t sum = crc64(bytes_);
  bytes_.append(reinterpret_cast<const char*>(&sum), sizeof sum);
  return bytes_;
}

// One that expired long ago: Redis looks at it and forgets it.
RedisWords ask_for_ready_hashes() {
  ReadyHash hash;
  hash.begin();
  hash.word("epoch");
  hash.number(0);
  return {"RESTORE", "gongji:probe", "1", std::string{hash.end()}, "ABSTTL"};
}

}  // namespace gongji::stores
