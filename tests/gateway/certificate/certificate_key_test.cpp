#include "gateway/certificate/certificate_key.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/gateway/certificate/support/scratch.hpp"

namespace gongji::gateway::certificate {
namespace {

using testing::Scratch;

mode_t mode_of(const std::string& path) {
  struct stat about {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0) << path;
  return about.st_mode & 07777;
}

// The sentence of a refusal; empty when there was none.
std::string refusal(const std::string& path) {
  const auto key = load_or_create_key(path);
  return key ? "" : key.error();
}

TEST(CertificateKey, IsMadeOnceForItsOwnerOnly) {
  const Scratch scratch;
  const std::string path = scratch.path("certificate.key");
  const auto made = load_or_create_key(path);
  ASSERT_TRUE(made) << made.error();
  EXPECT_EQ(mode_of(path), 0600u);
  EXPECT_EQ(std::filesystem::file_size(path), 32u);
  EXPECT_NE(*made, CertificateKey{});
  const auto read = load_or_create_key(path);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(*read, *made);
  EXPECT_FALSE(std::filesystem::exists(path + ".new"));
}

TEST(CertificateKey, TwoKeysDiffer) {
  const Scratch scratch;
  EXPECT_NE(*load_or_create_key(scratch.path("a")), *load_or_create_key(scratch.path("b")));
}

TEST(CertificateKey, AFileOfAnotherSizeIsRefused) {
  const Scratch scratch;
  for (const std::size_t bytes : {0u, 1u, 31u, 33u, 4096u}) {
    const std::string path = scratch.write("certificate.key", std::string(bytes, 'k'));
    std::filesystem::permissions(path, std::filesystem::perms{0600});
    const std::string sentence = refusal(path);
    EXPECT_NE(sentence.find("holds " + std::to_string(bytes) + " bytes"), std::string::npos)
        << sentence;
    EXPECT_NE(sentence.find("backup"), std::string::npos) << "says what to do: " << sentence;
    EXPECT_EQ(std::filesystem::file_size(path), bytes) << "a refused file stays as it is";
  }
}

TEST(CertificateKey, AFileThatOthersMayUseIsRefused) {
  const Scratch scratch;
  const std::string path = scratch.write("certificate.key", std::string(32, 'k'));
  for (const unsigned mode : {0640u, 0604u, 0620u, 0602u, 0610u, 0644u, 0666u}) {
    std::filesystem::permissions(path, std::filesystem::perms{mode});
    EXPECT_NE(refusal(path).find("chmod 600"), std::string::npos) << mode << ": " << refusal(path);
  }
  std::filesystem::permissions(path, std::filesystem::perms{0400});
  EXPECT_EQ(refusal(path), "");
}

TEST(CertificateKey, WhatIsNoFileIsRefused) {
  const Scratch scratch;
  EXPECT_NE(refusal(scratch.path("")), "");
  const std::string pipe = scratch.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_NE(refusal(pipe).find("is not a plain file"), std::string::npos) << refusal(pipe);
  EXPECT_NE(refusal(scratch.path("no/such/folder/key")), "");
}

// A crash between writing and naming leaves the draft; it is no key and does not block the next
// start.
TEST(CertificateKey, ADraftLeftByACrashIsReplaced) {
  const Scratch scratch;
  scratch.write("certificate.key.new", "half");
  const std::string path = scratch.path("certificate.key");
  EXPECT_EQ(refusal(path), "");
  EXPECT_EQ(std::filesystem::file_size(path), 32u);
  EXPECT_EQ(mode_of(path), 0600u);
}

}  // namespace
}  // namespace gongji::gateway::certificate
