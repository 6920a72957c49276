#include "gateway/crypto/hash.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace gongji::gateway::crypto {
namespace {

struct HashRow {
  HashKind kind;
  std::string text;
  std::string hex;
};

// FIPS 180-2; GB/T 32905, appendix A.
TEST(Hash, MatchesThePublishedVectors) {
  const HashRow rows[] = {
      {HashKind::kSha256, "abc",
       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {HashKind::kSha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {HashKind::kSm3, "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
      {HashKind::kSm3, "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
       "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
  };
  for (const HashRow& row : rows) EXPECT_EQ(to_hex(hash(row.kind, row.text)), row.hex) << row.text;
}

struct MacRow {
  HashKind kind;
  std::vector<std::uint8_t> key;
  std::string text;
  std::string hex;
};

// SHA-256: RFC 4231, cases 2 and 6. SM3: `openssl mac -digest SM3 … HMAC` for the same inputs.
TEST(Hash, HmacMatchesVectorsWithShortAndLongKeys) {
  const std::vector<std::uint8_t> jefe{'J', 'e', 'f', 'e'};
  const std::vector<std::uint8_t> long_key(131, 0xaa);
  const MacRow rows[] = {
      {HashKind::kSha256, jefe, "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {HashKind::kSha256, long_key, "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {HashKind::kSm3, jefe, "what do ya want for nothing?",
       "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882"},
      {HashKind::kSm3, long_key, "long key",
       "bf234f413bdfbdb11719c7025223965831ec9ce4ad972b84412130efc2d7398e"},
  };
  for (const MacRow& row : rows) EXPECT_EQ(to_hex(hmac(row.kind, row.key, row.text)), row.hex);
}

TEST(Hash, TheTwoKindsMayBeUnderWayTogether) {
  RunningHash one{HashKind::kSha256};
  RunningHash other{HashKind::kSm3};
  one.add("ab");
  other.add("ab");
  one.add("c");
  other.add("c");
  const Digest sha256 = one.finish();
  const Digest sm3 = other.finish();
  EXPECT_EQ(sha256, hash(HashKind::kSha256, "abc"));
  EXPECT_EQ(sm3, hash(HashKind::kSm3, "abc"));
}

TEST(Hash, TextsAreEqualOnlyWhenEveryByteIs) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  for (const char* other : {"", "ab", "abcd", "abd", "Abc", "xbc"})
    EXPECT_FALSE(equal_in_constant_time("abc", other)) << other;
}

}  // namespace
}  // namespace gongji::gateway::crypto
