#include "gateway/crypto/sm2.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gongji::gateway::crypto {
namespace {

// GB/T 32918.5, appendix A: the key, the message "message digest" and its signature r ‖ s.
constexpr std::string_view kPoint =
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
constexpr std::string_view kMessage = "message digest";
constexpr std::string_view kSignature =
    "9aA7BkjSxGMO6sUT4buBoVlE2jgn1bdBQ6x+rO7nILOxtqop3yEv2HYxgrwNQhyhu5A4/R9/QtSEC2nEhbvBqg==";

TEST(Sm2, VerifiesThePublishedSignature) {
  const auto key = Sm2PublicKey::from_hex(kPoint);
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->verifies(kMessage, kSignature));
  EXPECT_TRUE(key->verifies(kMessage, kSignature)) << "again";
}

TEST(Sm2, AnyOtherTextOrSignatureIsRefused) {
  const auto key = Sm2PublicKey::from_hex(kPoint);
  ASSERT_TRUE(key);
  for (const char* text : {"", "message digesT", "message digest ", "message"})
    EXPECT_FALSE(key->verifies(text, kSignature)) << text;
  for (std::size_t i = 0; i < 86; ++i) {
    std::string changed{kSignature};
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(key->verifies(kMessage, changed)) << i;
  }
}

TEST(Sm2, ASignatureIsWrittenInOneWayOnly) {
  const auto key = Sm2PublicKey::from_hex(kPoint);
  ASSERT_TRUE(key);
  const std::string good{kSignature};
  for (const std::string& written :
       {std::string{}, good.substr(0, 87), good + "=", " " + good, good + "\n", good.substr(0, 86),
        good.substr(0, 85) + "h==", std::string(88, 'A'), std::string(88, '='),
        std::string(86, 'A') + "=="})
    EXPECT_FALSE(key->verifies(kMessage, written)) << written;
}

TEST(Sm2, AKeyIsAPointOfTheCurve) {
  const std::string good{kPoint};
  std::string off_the_curve = good;
  off_the_curve.back() = '4';
  for (const std::string& point : {std::string{}, good.substr(2), good.substr(0, 128), good + "00",
                                   off_the_curve, "02" + good.substr(2), std::string(130, 'x')})
    EXPECT_FALSE(Sm2PublicKey::from_hex(point)) << point;
}

}  // namespace
}  // namespace gongji::gateway::crypto
