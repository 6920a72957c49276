#include "gateway/wire/digest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace gongji::gateway::wire {
namespace {

template <class Bytes>
std::string hex(const Bytes& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

TEST(Digest, Sha256MatchesThePublishedVectors) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, HmacMatchesRfc4231) {
  const std::vector<std::uint8_t> jefe{'J', 'e', 'f', 'e'};
  EXPECT_EQ(hex(hmac_sha256(jefe, "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const std::vector<std::uint8_t> long_key(131, 0xaa);
  EXPECT_EQ(hex(hmac_sha256(long_key, "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// Stored for good: another value would make every known message unknown.
TEST(Digest, KeyHashesNeverChange) {
  EXPECT_EQ(hex(message_key_hash({InstitutionCode{"P1"}, "2102", "m1"})),
            hex(key_hash({"P1", "2102", "m1"})));
  EXPECT_EQ(hex(key_hash({"P1", "2102", "m1"})), "9a14f0e84464d76c18e7cf1a4d75f845");
  EXPECT_EQ(hex(certno_alias("440100199001010010")), "1be73cddc7b91a9acbdc30c61a9644a9");
  EXPECT_NE(certno_alias("1"), card_alias("1"));
}

TEST(Digest, PartsDoNotRunIntoEachOther) {
  EXPECT_NE(key_hash({"ab", "c"}), key_hash({"a", "bc"}));
  EXPECT_NE(key_hash({"ab", ""}), key_hash({"ab"}));
  EXPECT_NE(key_hash({"", "ab"}), key_hash({"ab", ""}));
}

TEST(Digest, EveryThreadHashesForItself) {
  const KeyHash expected = key_hash({"a", "b"});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) ASSERT_EQ(key_hash({"a", "b"}), expected);
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace gongji::gateway::wire
