#include "gateway/tls/tls_context.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/tls/authority.hpp"

namespace gongji::gateway::tls {
namespace {

using testing::Authority;
using testing::Issued;

TEST(TlsContext, WithoutFilesThereIsNone) {
  const auto none = load_tls({});
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(*none, nullptr);
}

TEST(TlsContext, KnowsWhenItsCertificateEnds) {
  Authority authority{"gongji tests"};
  const Issued own = authority.issue("gateway", {-60, 7200});
  const auto loaded = load_tls({own.certificate_file, own.key_file, ""});
  ASSERT_TRUE(loaded.ok()) << loaded.error();
  const auto left = (*loaded)->not_after() - std::chrono::system_clock::now();
  EXPECT_GT(left, std::chrono::minutes{115});
  EXPECT_LT(left, std::chrono::minutes{121});
}

struct BadFiles {
  const char* what;
  TlsFiles files;
  std::string named;  // the file the sentence begins with
  std::string says;
};

TEST(TlsContext, WhateverIsWrongIsSaidWithTheFile) {
  Authority authority{"gongji tests"};
  const Issued own = authority.issue("gateway");
  const Issued other = authority.issue("other");
  const Issued expired = authority.issue("expired", {-7200, -3600});
  const Issued early = authority.issue("early", {3600, 7200});
  const std::string text = authority.file("text.pem", "no certificate\n");
  const std::string ca = authority.certificate_file();
  const BadFiles rows[] = {
      {"no file", {"/nowhere.pem", own.key_file, ca}, "/nowhere.pem", "no certificate can be read"},
      {"no certificate", {text, own.key_file, ca}, text, "no certificate can be read"},
      {"no key", {own.certificate_file, "/nowhere.key", ca}, "/nowhere.key", "no private key"},
      {"another key", {own.certificate_file, other.key_file, ca}, other.key_file, "key"},
      {"expired",
       {expired.certificate_file, expired.key_file, ca},
       expired.certificate_file,
       "has expired"},
      {"early",
       {early.certificate_file, early.key_file, ca},
       early.certificate_file,
       "is not valid yet"},
      {"no authority",
       {own.certificate_file, own.key_file, text},
       text,
       "no certificate authority"},
      {"no authority file",
       {own.certificate_file, own.key_file, "/nowhere.pem"},
       "/nowhere.pem",
       "no certificate authority"},
  };
  for (const BadFiles& row : rows) {
    const auto loaded = load_tls(row.files);
    ASSERT_FALSE(loaded.ok()) << row.what;
    EXPECT_TRUE(loaded.error().starts_with(row.named + ": ")) << loaded.error();
    EXPECT_NE(loaded.error().find(row.says), std::string::npos) << loaded.error();
  }
  EXPECT_TRUE(load_tls({own.certificate_file, own.key_file, ca}).ok()) << "the negative control";
}

TEST(TlsContext, ASourceIsReplacedWhole) {
  Authority authority{"gongji tests"};
  const Issued first = authority.issue("first");
  const Issued second = authority.issue("second");
  TlsSource source{load_tls({first.certificate_file, first.key_file, ""}).value()};
  const auto held = source.current();
  source.replace(load_tls({second.certificate_file, second.key_file, ""}).value());
  EXPECT_NE(source.current(), held);
  EXPECT_NE(held->handle(), nullptr) << "connections that began with it keep it";
}

}  // namespace
}  // namespace gongji::gateway::tls
