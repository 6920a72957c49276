#include "gateway/certificate/wording.hpp"

#include <gtest/gtest.h>

#include "gateway/certificate/internet_time.hpp"

namespace gongji::gateway::certificate {
namespace {

TEST(Wording, CodesReadAsACitizenKnowsThem) {
  EXPECT_EQ(purpose_text("RESIDENT_PREMIUM"), "城乡居民基本医疗保险费");
  EXPECT_EQ(purpose_text("COMMERCIAL"), "商业补充医疗保险费");
  EXPECT_EQ(product_text("HUHUIBAO"), "沪惠保（HUHUIBAO）");
  EXPECT_EQ(area_text("140105"), "山西省（140105）");
  EXPECT_EQ(area_text("310101"), "上海市（310101）");
  EXPECT_EQ(status_text(CertificateStatus::kPaid), "已缴费");
  EXPECT_EQ(status_text(CertificateStatus::kReversed), "已冲正，款项已退回");
}

TEST(Wording, UnknownCodesStandForThemselves) {
  EXPECT_EQ(purpose_text("LONG_TERM_CARE"), "LONG_TERM_CARE");
  EXPECT_EQ(product_text("NEWPRODUCT"), "NEWPRODUCT");
  EXPECT_EQ(product_text(""), "—");
  EXPECT_EQ(area_text("990000"), "990000");
  EXPECT_EQ(area_text("3"), "3");
  EXPECT_EQ(area_text(""), "—");
}

TEST(Wording, DaysAreThoseOfUtcPlusEight) {
  const Instant last_of_year{std::chrono::milliseconds{1'798'731'899'999}};  // 23:44:59.999
  EXPECT_EQ(date_text(last_of_year), "2026年12月31日");
  EXPECT_EQ(internet_time(last_of_year), "2026-12-31T23:44:59+08:00");
  EXPECT_EQ(date_text(last_of_year + std::chrono::minutes{16}), "2027年1月1日");
}

}  // namespace
}  // namespace gongji::gateway::certificate
