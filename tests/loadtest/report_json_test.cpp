#include "loadtest/report_json.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/loadtest/support/sample_result.hpp"

namespace gongji::loadtest {
namespace {

TEST(JsonReport, has_what_a_comparison_needs) {
  const boost::json::value report = boost::json::parse(json_report(sample_result()));
  EXPECT_EQ(report.at("settlements_per_s").as_double(), 1000);
  EXPECT_EQ(report.at("counts").at("applied").to_number<int>(), 2000);
  EXPECT_EQ(report.at("counts").at("refused").to_number<int>(), 2);
  EXPECT_EQ(report.at("codes").at("E_NO_PERSON").to_number<int>(), 2);
  const auto& latency = report.at("kinds").at("settle").at("latency_ms");
  EXPECT_NEAR(latency.at("p50").as_double(), 500, 500 * Histogram::kRelativeError);
  EXPECT_NEAR(latency.at("p99").as_double(), 990, 990 * Histogram::kRelativeError);
  EXPECT_EQ(latency.at("max").as_double(), 1000);
  EXPECT_EQ(report.at("per_second").as_array().size(), 2u);
  EXPECT_EQ(report.at("options").at("profile"), "uniform");
  EXPECT_NEAR(report.at("processor_us_per_message").at("gateway").as_double(), 10, 0.1);
  EXPECT_TRUE(report.at("audit").at("passed").as_bool());
  EXPECT_EQ(report.at("audit").at("paid_answered"), "12.34");
}

TEST(JsonReport, has_the_disk_and_the_latency_outside_of_its_stalls) {
  const boost::json::value report = boost::json::parse(json_report(sample_on_a_watched_disk()));
  EXPECT_EQ(report.at("disk").at("stalls").to_number<int>(), 2);
  EXPECT_EQ(report.at("disk").at("stall_ms").to_number<int>(), 5);
  EXPECT_EQ(report.at("disk").at("sync_ms").at("count").to_number<int>(), 100);
  EXPECT_EQ(report.at("disk").at("per_second").at(1).at("sync_max").as_double(), 20);
  EXPECT_EQ(report.at("latency_outside_stalls_ms").at("count").to_number<int>(), 1500);
  EXPECT_FALSE(boost::json::parse(json_report(sample_result())).as_object().contains("disk"));
}

TEST(JsonReport, says_that_an_audit_failed_and_why) {
  RunResult result = sample_result();
  result.audit->problem("money is missing");
  const boost::json::value report = boost::json::parse(json_report(result));
  EXPECT_FALSE(report.at("audit").at("passed").as_bool());
  EXPECT_EQ(report.at("audit").at("problems").at(0), "money is missing");
}

}  // namespace
}  // namespace gongji::loadtest
