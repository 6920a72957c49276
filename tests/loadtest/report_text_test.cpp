#include "loadtest/report_text.hpp"

#include <gtest/gtest.h>

#include "tests/loadtest/support/sample_result.hpp"

namespace gongji::loadtest {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(TextReport, shows_rate_percentiles_refusals_and_audit) {
  const std::string text = text_report(sample_result());
  EXPECT_TRUE(has(text, "1,000/s (2,000 in 2.0 s)")) << text;
  EXPECT_TRUE(has(text, "2 refused")) << text;
  EXPECT_TRUE(has(text, "--prepare")) << text;  // what to do about E_NO_PERSON
  EXPECT_TRUE(has(text, "p99.9")) << text;
  EXPECT_TRUE(has(text, "1000.0")) << text;  // the maximum in ms
  EXPECT_TRUE(has(text, "audit          passed")) << text;
}

TEST(TextReport, shows_what_a_failed_audit_found) {
  RunResult result = sample_result();
  result.audit->settlements_wrong = 1;
  result.audit->problem("a settlement is missing");
  const std::string text = text_report(result);
  EXPECT_TRUE(has(text, "FAILED")) << text;
  EXPECT_TRUE(has(text, "a settlement is missing")) << text;
}

TEST(TextReport, tells_the_gateway_s_latency_from_the_disk_s_stalls) {
  const std::string text = text_report(sample_on_a_watched_disk());
  EXPECT_TRUE(has(text, "outside stalls")) << text;
  EXPECT_TRUE(has(text, "disk sync")) << text;
  EXPECT_TRUE(has(text, "2 syncs took 5 ms or more, 0.04 s in all")) << text;
  EXPECT_FALSE(has(text_report(sample_result()), "outside stalls"));
}

TEST(TextReport, parts_the_latency_of_an_open_loop_at_the_sending) {
  RunResult result = sample_result();
  EXPECT_FALSE(has(text_report(result), "since sent"));
  result.options.rate = 1000;
  const std::string text = text_report(result);
  EXPECT_TRUE(has(text, "sent late by")) << text;
  EXPECT_TRUE(has(text, "since sent")) << text;
}

TEST(TextReport, writes_units_for_the_eye) {
  EXPECT_EQ(milliseconds_text(512'345), "0.512");
  EXPECT_EQ(milliseconds_text(12'345'678), "12.35");
  EXPECT_EQ(milliseconds_text(123'456'789), "123.5");
  EXPECT_EQ(bytes_text(1'500), "1.5 kB");
  EXPECT_EQ(bytes_text(1'500'000'000), "1.50 GB");
}

}  // namespace
}  // namespace gongji::loadtest
