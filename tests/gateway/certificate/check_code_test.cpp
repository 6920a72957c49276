#include "gateway/certificate/check_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

#include "tests/gateway/certificate/support/sample.hpp"

namespace gongji::gateway::certificate {
namespace {

using testing::kSampleKey;

constexpr std::string_view kText = "id=1:x\n";
// One record number of every width a code can have.
constexpr std::uint64_t kSequences[] = {1,
                                        42,
                                        0xff'ffff'ffff,
                                        0x100'0000'0000,
                                        0xffff'ffff'ffff,
                                        0x1'0000'0000'0000,
                                        0xff'ffff'ffff'ffff,
                                        0x100'0000'0000'0000,
                                        0xffff'ffff'ffff'ffff};

bool accepted(std::string_view text, Sequence sequence, std::string_view canonical = kText) {
  const auto code = parse_check_code(text);
  return code && code->sequence == sequence && verifies(kSampleKey, *code, canonical);
}

// What a character stands for; 0 for one that stands for nothing by itself.
char meaning(char c) {
  c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (c == 'O') return '0';
  return c == 'I' || c == 'L' ? '1' : c;
}

// Computed with Python's hmac and a base32 of its own.
TEST(CheckCode, IsWhatTheFormatSays) {
  CertificateKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(make_check_code(key, Sequence{42}, "gongji-certificate-1\n"),
            "0000-001A-EZ9E-XSQB-29N6-STCB");
  EXPECT_EQ(make_check_code(key, Sequence{0x12'3456'789a'bcde}, "张三"),
            "28T5-CY4T-QKFB-AQVQ-CPJ5-GWAV-QZ70");
}

TEST(CheckCode, ComesBackInEveryWidth) {
  for (const std::uint64_t number : kSequences) {
    const std::string code = make_check_code(kSampleKey, Sequence{number}, kText);
    EXPECT_TRUE(accepted(code, Sequence{number})) << code;
    EXPECT_FALSE(accepted(code, Sequence{number}, "id=1:y\n")) << "another certificate: " << code;
  }
  EXPECT_EQ(make_check_code(kSampleKey, Sequence{1}, kText).size(), 24u + 5u);
}

TEST(CheckCode, AnotherKeyDoesNotVerify) {
  CertificateKey other = kSampleKey;
  other.back() ^= 1;
  const auto code = parse_check_code(make_check_code(other, Sequence{42}, kText));
  ASSERT_TRUE(code);
  EXPECT_TRUE(verifies(other, *code, kText));
  EXPECT_FALSE(verifies(kSampleKey, *code, kText));
}

TEST(CheckCode, EverySingleCharacterAlterationIsRefused) {
  for (const std::uint64_t number : kSequences) {
    const std::string code = make_check_code(kSampleKey, Sequence{number}, kText);
    for (std::size_t place = 0; place < code.size(); ++place) {
      for (int c = 0; c < 256; ++c) {
        std::string altered = code;
        altered[place] = static_cast<char>(c);
        const bool same =
            meaning(altered[place]) == code[place] || (code[place] == '-' && altered[place] == ' ');
        EXPECT_EQ(accepted(altered, Sequence{number}), same) << altered;
      }
    }
  }
}

// The record a code names is the one whose certificate is rebuilt, so the number has to be bound
// too.
TEST(CheckCode, AnotherSequenceIsRefusedThoughTheTextIsTheSame) {
  auto code = parse_check_code(make_check_code(kSampleKey, Sequence{42}, kText));
  ASSERT_TRUE(code);
  code->sequence = Sequence{43};
  EXPECT_FALSE(verifies(kSampleKey, *code, kText));
}

TEST(CheckCode, LostDoubledAndSwappedCharactersAreRefused) {
  const std::string code = make_check_code(kSampleKey, Sequence{0x1'0000'0000'002a}, kText);
  for (std::size_t place = 0; place < code.size(); ++place) {
    if (code[place] == '-') continue;
    std::string altered = code;
    altered.erase(place, 1);
    EXPECT_FALSE(accepted(altered, Sequence{0x1'0000'0000'002a})) << altered;
    altered = code;
    altered.insert(place, 1, code[place]);
    EXPECT_FALSE(accepted(altered, Sequence{0x1'0000'0000'002a})) << altered;
    altered = code;
    if (place + 1 == code.size() || code[place] == code[place + 1] || code[place + 1] == '-')
      continue;
    std::swap(altered[place], altered[place + 1]);
    EXPECT_FALSE(accepted(altered, Sequence{0x1'0000'0000'002a})) << altered;
  }
}

TEST(CheckCode, ZerosInFrontOrBehindAreRefused) {
  for (const std::uint64_t number : kSequences) {
    const std::string code = make_check_code(kSampleKey, Sequence{number}, kText);
    for (std::size_t count = 1; count <= 8; ++count) {
      const std::string zeros(count, '0');
      EXPECT_FALSE(accepted(code + zeros, Sequence{number})) << code << zeros;
      EXPECT_FALSE(accepted(zeros + code, Sequence{number})) << zeros << code;
    }
  }
}

TEST(CheckCode, ForgivesHowItWasTyped) {
  std::string code = make_check_code(kSampleKey, Sequence{0x01'0010'0001}, kText);
  ASSERT_NE(code.find('0'), std::string::npos);
  ASSERT_NE(code.find('1'), std::string::npos);
  std::string bare = code;
  bare.erase(std::remove(bare.begin(), bare.end(), '-'), bare.end());
  EXPECT_TRUE(accepted(bare, Sequence{0x01'0010'0001}));
  std::string spaced = " " + code + " ";
  std::replace(spaced.begin(), spaced.end(), '-', ' ');
  EXPECT_TRUE(accepted(spaced, Sequence{0x01'0010'0001}));
  for (const char one : {'i', 'I', 'l', 'L'}) {
    std::string typed;
    for (const char c : code)
      typed += c == '0' ? 'o' : c == '1' ? one : static_cast<char>(std::tolower(c));
    EXPECT_TRUE(accepted(typed, Sequence{0x01'0010'0001})) << typed;
  }
}

TEST(CheckCode, WhatCannotBeACodeIsNone) {
  const std::string zero_sequence(24, '0');
  for (const std::string& text :
       {std::string{}, std::string{"----"}, std::string(23, '1'), std::string(25, '1'),
        std::string(27, '0'), std::string(30, '1'), std::string(32, '1'), zero_sequence,
        "00" + std::string(23, '1') + "0", std::string(65, '-'), std::string(10'000, '1'),
        std::string(23, '1') + "U", std::string{"0000-0017-张三"}, std::string(24, '\0')})
    EXPECT_EQ(parse_check_code(text), std::nullopt) << text.substr(0, 70);
}

RC_GTEST_PROP(CheckCode, AnyTextIsRefusedOrNamesARecord, (const std::string& text)) {
  const auto code = parse_check_code(text);
  if (code) RC_ASSERT(!code->sequence.is_none());
}

RC_GTEST_PROP(CheckCode, ComesBackWhateverItSigns,
              (std::uint64_t number, const std::string& canonical)) {
  RC_PRE(number > 0);
  const std::string code = make_check_code(kSampleKey, Sequence{number}, canonical);
  RC_ASSERT(accepted(code, Sequence{number}, canonical));
  RC_ASSERT(!accepted(code, Sequence{number}, canonical + "x"));
}

}  // namespace
}  // namespace gongji::gateway::certificate
