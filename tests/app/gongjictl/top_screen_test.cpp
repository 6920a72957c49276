#include "app/gongjictl/top_screen.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/gongjictl/table.hpp"

namespace gongji::ctl {
namespace {

std::string point(int at) {
  const std::string n = std::to_string(at);
  return R"({"at_ms":)" + n + R"(,"applied_per_s":)" + n +
         R"(,"refused_per_s":2,"replayed_per_s":1,"unknown_per_s":0,"turned_away_per_s":0,
      "p50_s":0.002,"p95_s":0.005,"p99_s":0.0123,"own_fen_per_s":100,"family_fen_per_s":123400,
      "cash_fen_per_s":0,"records_per_sync":3.5,"sync_p50_s":0.001,"sync_p99_s":0.004,"inflight":7,
      "oldest_s":0,"queue_longest":2,"redis_lag_records":0,"free_bytes":1e10})";
}

std::string figures(const std::string& wrong = "[]", const std::string& money = "good") {
  std::string points;
  for (int at = 1; at <= 450; ++at) points += (at == 1 ? "" : ",") + point(at);
  return R"({"now_ms":1795000000000,"step_s":2,"verdict":{"money":{"grade":")" + money +
         R"(","text":"Safe: every fen is accounted for, checked 1 s ago"},"serving":{"grade":"good",
      "text":"Yes: 1234 messages/s, 99 of 100 answered within 12 ms"},"wrong":)" +
         wrong +
         R"(},"now":{"version":"0.1.0","started_s":1794996400,"redis_wanted":true},"minute":)" +
         point(1234) + R"(,"limits":{},"refusals_5min":[{"reason":"E_QUOTA","count":12345}],
      "no_family_money_5min":[{"reason":"E_FLOOR","count":3}],
      "hottest_households":[{"household":"…821","per_s":12.3}],"points":[)" +
         points + "]}";
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

TEST(TopScreen, answers_the_three_questions_first) {
  const auto lines = top_screen(figures(), "127.0.0.1:9464", {});
  ASSERT_TRUE(lines.ok()) << lines.error();
  EXPECT_NE((*lines)[0].find("gongji 127.0.0.1:9464  0.1.0  up 1 h"), std::string::npos)
      << (*lines)[0];
  EXPECT_NE((*lines)[1].find("Money at risk?  no    Safe: every fen"), std::string::npos)
      << (*lines)[1];
  EXPECT_NE((*lines)[2].find("Serving?        yes   Yes: 1234"), std::string::npos) << (*lines)[2];
  EXPECT_NE((*lines)[3].find("Wrong?          nothing"), std::string::npos) << (*lines)[3];
}

TEST(TopScreen, fits_a_terminal_of_eighty_by_twenty_four) {
  const std::string many =
      R"([{"grade":"bad","text":"1 fen appeared or vanished","alert":"GongjiLedgerImbalance"},
      {"grade":"warning","text":"a rather long sentence about something that somebody should look at","alert":"GongjiShedding"},
      {"grade":"warning","text":"third","alert":"A"},{"grade":"warning","text":"fourth","alert":"B"},
      {"grade":"warning","text":"fifth","alert":"C"}])";
  const auto lines = top_screen(figures(many, "bad"), "127.0.0.1:9464", {80, 24, false});
  ASSERT_TRUE(lines.ok());
  EXPECT_LE(lines->size(), 24U);
  for (const std::string& line : *lines) EXPECT_LE(display_width(line), 80U) << line;
  const std::string text = joined(*lines);
  EXPECT_NE(text.find("Money at risk?  YES"), std::string::npos) << text;
  EXPECT_NE(text.find("5 findings"), std::string::npos);
  EXPECT_NE(text.find("  NOW   1 fen appeared or vanished  [GongjiLedgerImbalance]"),
            std::string::npos);
  EXPECT_NE(text.find("E_QUOTA"), std::string::npos);
  EXPECT_NE(text.find("12,345"), std::string::npos);
  EXPECT_NE(text.find("…821"), std::string::npos);
  EXPECT_EQ(text.find('\033'), std::string::npos);
}

TEST(TopScreen, colours_only_add_to_words) {
  const auto lines = top_screen(figures(), "a", {80, 24, true});
  ASSERT_TRUE(lines.ok());
  EXPECT_NE(joined(*lines).find("\033[32m"), std::string::npos);
}

TEST(TopScreen, rows_show_the_minute_and_the_history) {
  const std::string text = joined(*top_screen(figures(), "a", {80, 24, false}));
  EXPECT_NE(text.find("messages            1,237 /s"), std::string::npos) << text;
  EXPECT_NE(text.find("99 of 100 in         12.3 ms"), std::string::npos) << text;
  EXPECT_NE(text.find("family money     1,234 CNY/s"), std::string::npos) << text;
  EXPECT_NE(text.find("█"), std::string::npos);
}

TEST(TopScreen, what_it_cannot_read_is_told) {
  EXPECT_FALSE(top_screen("{}", "a", {}).ok());
  EXPECT_FALSE(top_screen("not json", "a", {}).ok());
}

TEST(TopScreen, a_sparkline_shows_the_newest_values_by_eight_heights) {
  EXPECT_EQ(sparkline({0, 7, 3.5, 100}, 4), "▁▁▁█");
  EXPECT_EQ(sparkline({9, 0, 1, 2}, 3), "▁▅█");
  EXPECT_EQ(sparkline({0, 0}, 5), "▁▁");
  EXPECT_EQ(sparkline({}, 5), "");
  EXPECT_EQ(display_width(sparkline({1, 2, 3}, 5)), 3U);
}

}  // namespace
}  // namespace gongji::ctl
