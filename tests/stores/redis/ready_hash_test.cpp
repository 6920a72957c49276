// A hash in the form RESTORE takes. That Redis takes it, and shows the same as after HSET, is in
// tests/hot_balances.
#include "stores/redis/ready_hash.hpp"

#include <gtest/gtest.h>

#include "stores/redis/crc64.hpp"

namespace gongji::stores {
namespace {

using namespace std::string_view_literals;

TEST(ReadyHash, IsAsDrawn) {
  ReadyHash hash;
  hash.begin();
  hash.word("a word of another hash");
  hash.begin();
  hash.word("epoch");
  hash.number(3);
  hash.word("se", "q");
  hash.word("15");
  const std::string_view bytes = hash.end();
  constexpr auto kDrawn =
      "\x10\x80\x00\x00\x00\x1a"
      "\x1a\x00\x00\x00\x04\x00"
      "\x85"
      "epoch\x06\x81"
      "3\x02\x83"
      "seq\x04\x82"
      "15\x03\xff\x0a\x00"sv;
  ASSERT_EQ(bytes.size(), kDrawn.size() + 8);
  EXPECT_EQ(bytes.substr(0, kDrawn.size()), kDrawn);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < 8; ++i)
    sum |= std::uint64_t{static_cast<unsigned char>(bytes[kDrawn.size() + i])} << (8 * i);
  EXPECT_EQ(sum, crc64(kDrawn));
}

struct Word {
  std::size_t size;
  std::string_view before, behind;
};
constexpr Word kWords[] = {
    {0, "\x80"sv, "\x01"sv},           {63, "\xbf"sv, "\x40"sv},
    {64, "\xe0\x40"sv, "\x42"sv},      {125, "\xe0\x7d"sv, "\x7f"sv},
    {126, "\xe0\x7e"sv, "\x01\x80"sv}, {4'095, "\xef\xff"sv, "\x20\x81"sv},
};
TEST(ReadyHash, AWordSaysItsLengthBeforeAndBehind) {
  for (const Word& word : kWords) {
    ReadyHash hash;
    hash.begin();
    hash.word(std::string(word.size, 'x'));
    const std::string_view bytes = hash.end();
    const std::string expected =
        std::string{word.before} + std::string(word.size, 'x') + std::string{word.behind};
    EXPECT_EQ(bytes.substr(12, expected.size()), expected) << word.size;
    EXPECT_EQ(bytes[12 + expected.size()], '\xff') << word.size;
  }
}

TEST(Crc64, IsTheOneRedisCounts) {
  EXPECT_EQ(crc64(""), 0U);
  EXPECT_EQ(crc64("123456789"), 0xe9c6d914c4b8d9caU);
  EXPECT_EQ(crc64("This is a test of the emergency broadcast system."), 0x42153dc5db99540fU);
}

}  // namespace
}  // namespace gongji::stores
