#include "gateway/certificate/qr_code.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway::certificate {
namespace {

// The 7x7 corner by which readers find a code: dark ring, light ring, dark heart.
void expect_finder(const QrCode& code, std::size_t left, std::size_t top) {
  for (std::size_t y = 0; y < 7; ++y) {
    for (std::size_t x = 0; x < 7; ++x) {
      const bool ring = x == 0 || x == 6 || y == 0 || y == 6;
      const bool heart = x >= 2 && x <= 4 && y >= 2 && y <= 4;
      EXPECT_EQ(code.dark_at(left + x, top + y), ring || heart) << left + x << "," << top + y;
    }
  }
}

TEST(QrCode, HasTheShapeReadersLookFor) {
  const auto code = make_qr_code("/v1/certificates/0000-001A-C9AF-1AG8-83TC-QAQS");
  ASSERT_TRUE(code);
  EXPECT_EQ(code->width, 33u);  // version 4: 46 bytes at level M
  ASSERT_EQ(code->dark.size(), 33u * 33u);
  expect_finder(*code, 0, 0);
  expect_finder(*code, 26, 0);
  expect_finder(*code, 0, 26);
  for (std::size_t i = 8; i < 25; ++i) EXPECT_EQ(code->dark_at(i, 6), i % 2 == 0) << "timing " << i;
}

TEST(QrCode, TheSameTextGivesTheSameCodeAndAnotherAnother) {
  EXPECT_EQ(make_qr_code("/v1/a")->dark, make_qr_code("/v1/a")->dark);
  EXPECT_NE(make_qr_code("/v1/a")->dark, make_qr_code("/v1/b")->dark);
}

TEST(QrCode, WhatDoesNotFitIsNone) {
  EXPECT_FALSE(make_qr_code(""));
  EXPECT_TRUE(make_qr_code(std::string(2331, 'x')));
  EXPECT_FALSE(make_qr_code(std::string(2332, 'x')));
}

}  // namespace
}  // namespace gongji::gateway::certificate
