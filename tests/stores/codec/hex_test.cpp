#include "stores/codec/hex.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace gongji::stores {
namespace {

TEST(Hex, OnlyLowerCasePairsAreHex) {
  EXPECT_TRUE(is_hex("00ff"));
  EXPECT_FALSE(is_hex(""));
  EXPECT_FALSE(is_hex("abc"));
  EXPECT_FALSE(is_hex("AB"));
  EXPECT_FALSE(is_hex("0g"));
}

RC_GTEST_PROP(Hex, BytesComeBack, (const std::string& bytes)) {
  RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
  RC_ASSERT(bytes.empty() || is_hex(to_hex(bytes)));
}

}  // namespace
}  // namespace gongji::stores
