#include "stores/sha256.hpp"

#include <gtest/gtest.h>

#include <string>

#include "stores/codec/hex.hpp"

namespace gongji::stores {
namespace {

std::string hex_of(const Digest& digest) {
  return to_hex(std::string(digest.begin(), digest.end()));
}

TEST(Sha256, GivesThePublishedAnswers) {
  EXPECT_EQ(hex_of(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex_of(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace gongji::stores
