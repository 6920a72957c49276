#include "loadtest/report_html.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "tests/loadtest/support/sample_result.hpp"

namespace gongji::loadtest {
namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(HtmlReport, shows_three_plots_figures_and_audit) {
  const std::string html = html_report(sample_result());
  EXPECT_EQ(count_of(html, "<svg"), 3u);
  EXPECT_EQ(count_of(html, "</svg>"), 3u);
  for (const char* part : {"aria-label=\"Throughput\"", "aria-label=\"Latency over time\"",
                           "aria-label=\"Latency by percentile\"", "settlements/s", "99.9 %",
                           "E_NO_PERSON", "2026-11-22 10:15:30", "2 x test processor", ">passed<"})
    EXPECT_NE(html.find(part), std::string::npos) << part;
}

TEST(HtmlReport, shows_what_the_gateway_said_of_itself) {
  RunResult result = sample_result();
  for (std::uint64_t second = 0; second < 2; ++second)
    result.watched.push_back({.second = second,
                              .commits = 10,
                              .records = 640,
                              .processor_us = 9600,
                              .hot_lag_records = 12});
  const std::string html = html_report(result);
  EXPECT_EQ(count_of(html, "<svg"), 6u);
  for (const char* part : {"aria-label=\"Records a group commit\"", "µs of processor a record",
                           "aria-label=\"Records not yet in Redis\""})
    EXPECT_NE(html.find(part), std::string::npos) << part;
}

TEST(HtmlReport, shows_the_disk_beside_the_latency) {
  const std::string html = html_report(sample_on_a_watched_disk());
  EXPECT_EQ(count_of(html, "<svg"), 4u);
  for (const char* part :
       {"aria-label=\"Longest sync\"", "outside the disk's stalls", "2 syncs of 4 KiB"})
    EXPECT_NE(html.find(part), std::string::npos) << part;
}

TEST(HtmlReport, shows_the_roll_and_whether_it_went_through_all_accounts) {
  RunResult result = sample_result();
  result.roll = RollReport{.year = 2026,
                           .accounts_total = 1000,
                           .accounts_done = 1000,
                           .accounts_rolled = 900,
                           .accounts_skipped = 100,
                           .complete = true,
                           .began_s = 1,
                           .ended_s = 3,
                           .problem = {},
                           .samples = {{2, 500}, {3, 1000}}};
  std::string html = html_report(result);
  EXPECT_EQ(count_of(html, "<svg"), 4u);
  for (const char* part : {"aria-label=\"Accounts looked at\"", "Roll of 2026", ">complete<",
                           "500 a second", "900 rolled"})
    EXPECT_NE(html.find(part), std::string::npos) << part;
  result.roll->complete = false;
  EXPECT_EQ(html_report(result).find(">complete<"), std::string::npos);
}

TEST(HtmlReport, shows_the_intervals_of_a_soak_and_what_went_wrong) {
  RunResult result = sample_result();
  result.intervals = {{1, 3000, {}, 1'000'000, 5'000'000, 400, true},
                      {2, 2990, {}, 1'000'000, 6'000'000, 612, false}};
  result.soak_problems = {"memory grew"};
  const std::string html = html_report(result);
  EXPECT_EQ(count_of(html, "<svg"), 5u);
  for (const char* part : {"aria-label=\"Memory of the gateway\"", "<td>612</td>", "2,990",
                           ">failed</strong></td>", "memory grew"})
    EXPECT_NE(html.find(part), std::string::npos) << part;
}

TEST(HtmlReport, needs_nothing_from_elsewhere) {
  const std::string html = html_report(sample_result());
  for (const char* outside : {"http://", "https://", "<script", "<link", "@import", "url("})
    EXPECT_EQ(html.find(outside), std::string::npos) << outside;
  EXPECT_EQ(count_of(html, "src="), 0u);
  EXPECT_EQ(count_of(html, "href="), 0u);
}

TEST(HtmlReport, escapes_what_it_shows) {
  const std::string html = html_report(sample_result());
  EXPECT_EQ(html.find("<seed"), std::string::npos);
  EXPECT_NE(html.find("&lt;seed &amp; more&gt;"), std::string::npos);
}

TEST(HtmlReport, closes_every_element) {
  const std::string html = html_report(sample_result());
  for (const char* name : {"html", "head", "body", "style", "table", "tr", "td", "th", "dl", "dt",
                           "dd", "div", "h1", "h2", "p", "text", "title", "ul"}) {
    const std::regex open{"<" + std::string{name} + "[ >]"};
    const auto opened = std::distance(std::sregex_iterator{html.begin(), html.end(), open}, {});
    EXPECT_EQ(static_cast<std::size_t>(opened), count_of(html, "</" + std::string{name} + ">"))
        << name;
  }
}

TEST(HtmlReport, thins_long_runs_out) {
  RunResult result = sample_result();
  for (std::uint64_t second = 2; second < 5000; ++second)
    result.per_second.push_back({second, {}, second, second, second, second, second});
  EXPECT_LT(html_report(result).size(), 1'000'000u);
}

TEST(HtmlReport, can_show_a_run_without_a_single_answer) {
  RunResult nothing;
  nothing.options.tcp = Address{"127.0.0.1", 8090};
  const std::string html = html_report(nothing);
  EXPECT_EQ(html.find("nan"), std::string::npos);
  EXPECT_EQ(html.find("inf\""), std::string::npos);
}

}  // namespace
}  // namespace gongji::loadtest
