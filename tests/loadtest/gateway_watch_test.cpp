#include "loadtest/gateway_watch.hpp"

#include <gtest/gtest.h>

namespace gongji::loadtest {
namespace {

TEST(GatewayWatch, finds_a_metric_by_its_whole_name) {
  constexpr std::string_view kText =
      "# HELP gongji_x Something.\n# TYPE gongji_x counter\ngongji_x_sum 7\ngongji_x{a=\"b\"} 8\n"
      "gongji_x 12.5\nprocess_cpu_seconds_total 1e3";
  EXPECT_EQ(metric_in(kText, "gongji_x"), 12.5);
  EXPECT_EQ(metric_in(kText, "gongji_x_sum"), 7);
  EXPECT_EQ(metric_in(kText, "process_cpu_seconds_total"), 1000);
  EXPECT_EQ(metric_in(kText, "gongji"), 0);
  EXPECT_EQ(metric_in("", "gongji_x"), 0);
}

TEST(GatewayWatch, divides_by_what_there_was) {
  const WatchedSecond busy{.second = 1, .commits = 4, .records = 100, .processor_us = 2500};
  EXPECT_EQ(busy.records_per_commit(), 25);
  EXPECT_EQ(busy.processor_us_per_record(), 25);
  EXPECT_EQ(WatchedSecond{}.records_per_commit(), 0);
  EXPECT_EQ(WatchedSecond{}.processor_us_per_record(), 0);
}

TEST(GatewayWatch, sees_nothing_where_nobody_listens) {
  GatewayWatch watch{Address{"127.0.0.1", 1}, std::chrono::seconds{0}};
  EXPECT_TRUE(watch.stop().empty());
}

}  // namespace
}  // namespace gongji::loadtest
