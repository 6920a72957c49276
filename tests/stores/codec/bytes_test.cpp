#include "stores/codec/bytes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace gongji::stores {
namespace {

std::string varint(std::uint64_t value) {
  std::string bytes;
  ByteWriter{bytes}.varint(value);
  return bytes;
}

TEST(Bytes, VarintsAreSevenBitsAByteLowestFirst) {
  EXPECT_EQ(varint(0), std::string("\x00", 1));
  EXPECT_EQ(varint(127), "\x7f");
  EXPECT_EQ(varint(128), "\x80\x01");
  EXPECT_EQ(varint(300), "\xac\x02");
  EXPECT_EQ(varint(std::numeric_limits<std::uint64_t>::max()).size(), 10U);
}

TEST(Bytes, BigEndianPutsTheHighestByteFirst) {
  std::string bytes;
  ByteWriter{bytes}.big_endian(std::uint32_t{0x01020304});
  EXPECT_EQ(bytes, "\x01\x02\x03\x04");
  EXPECT_EQ(ByteReader{bytes}.big_endian<std::uint32_t>(), 0x01020304U);
}

RC_GTEST_PROP(Bytes, NumbersComeBack, (std::uint64_t number, std::int64_t signed_number)) {
  std::string bytes;
  ByteWriter out{bytes};
  out.varint(number);
  out.signed_varint(signed_number);
  out.big_endian(number);
  ByteReader in{bytes};
  RC_ASSERT(in.varint() == number);
  RC_ASSERT(in.signed_varint() == signed_number);
  RC_ASSERT(in.big_endian<std::uint64_t>() == number);
  RC_ASSERT(in.at_end());
}

TEST(Bytes, SignedVarintsReachTheLimits) {
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                                    std::numeric_limits<std::int64_t>::max()}) {
    std::string bytes;
    ByteWriter{bytes}.signed_varint(number);
    EXPECT_EQ(ByteReader{bytes}.signed_varint(), number);
  }
}

struct BadVarint {
  const char* what;
  std::string bytes;
};

TEST(Bytes, VarintsHaveOneSpellingOnly) {
  const BadVarint cases[] = {
      {"nothing", ""},
      {"cut off", "\x80"},
      {"overlong zero", std::string("\x80\x00", 2)},
      {"overlong 127", std::string("\xff\x00", 2)},
      {"65 bits", std::string(9, '\xff') + '\x02'},
      {"eleven bytes", std::string(10, '\xff') + '\x01'},
  };
  for (const auto& [what, bytes] : cases) {
    ByteReader in{bytes};
    EXPECT_EQ(in.varint(), 0U) << what;
    EXPECT_FALSE(in.ok()) << what;
  }
}

TEST(Bytes, AFailedReaderStaysFailedAndGivesNothing) {
  const std::string bytes = "abc";
  ByteReader in{bytes};
  EXPECT_EQ(in.raw(4), "");
  EXPECT_EQ(in.raw(1), "");
  EXPECT_EQ(in.byte(), 0);
  EXPECT_EQ(in.remaining(), 0U);
  EXPECT_FALSE(in.at_end());
  EXPECT_EQ(in.error().text(), "ends too early at byte 0");
}

TEST(Bytes, LeftOverBytesAreAnError) {
  ByteReader in{"ab"};
  in.byte();
  EXPECT_FALSE(in.at_end());
  EXPECT_EQ(in.error().text(), "bytes left over at byte 1");
}

}  // namespace
}  // namespace gongji::stores
