#include "domain/time.hpp"

#include <gtest/gtest.h>

#include "tests/domain/support/yuan.hpp"

namespace gongji {
namespace {

using test::day;
using namespace std::chrono_literals;

Instant utc(std::string_view date, std::chrono::milliseconds since_midnight) {
  return Instant{std::chrono::sys_days{day(date)}.time_since_epoch()} + since_midnight;
}

TEST(Time, a_civil_day_starts_at_sixteen_hours_utc_of_the_day_before) {
  EXPECT_EQ(civil_date(utc("2025-12-30", 15h + 59min + 59s + 999ms)), day("2025-12-30"));
  EXPECT_EQ(civil_date(utc("2025-12-30", 16h)), day("2025-12-31"));
  EXPECT_EQ(civil_date(utc("2025-12-31", 16h)), day("2026-01-01"));
  EXPECT_EQ(start_of(day("2025-12-31")), utc("2025-12-30", 16h));
}

TEST(Time, every_instant_of_a_day_lies_between_its_start_and_the_next) {
  for (const char* date : {"1970-01-01", "2024-02-29", "2025-12-31", "2026-07-01"}) {
    const Instant start = start_of(day(date));
    EXPECT_EQ(civil_date(start), day(date));
    EXPECT_EQ(civil_date(start + 24h - 1ms), day(date));
    EXPECT_NE(civil_date(start - 1ms), day(date));
    EXPECT_NE(civil_date(start + 24h), day(date));
  }
}

TEST(Time, texts_are_in_utc_plus_eight) {
  const Instant at = utc("2026-11-22", 2h + 15min + 30s + 512ms);
  EXPECT_EQ(to_civil_text(at), "2026-11-22 10:15:30");
  EXPECT_EQ(to_compact_text(at), "20261122101530512");
  const Instant new_year = utc("2025-12-31", 16h + 7ms);
  EXPECT_EQ(to_civil_text(new_year), "2026-01-01 00:00:00");
  EXPECT_EQ(to_compact_text(new_year), "20260101000000007");
  EXPECT_EQ(to_compact_text(utc("1969-12-31", 15h)), "19691231230000000");
}

TEST(Time, reads_dates_that_exist_and_nothing_else) {
  for (const char* good : {"2024-02-29", "2026-01-01", "2026-12-31", "0001-01-01"})
    EXPECT_EQ(to_text(parse_date(good).value()), good);
  for (const char* bad : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-3",
                          "2026/04/03", "20260403", "2026-04-03 ", "+026-04-03", "2026-04-0a"})
    EXPECT_FALSE(parse_date(bad)) << bad;
}

DateWindow window(const char* from, const char* to) {
  DateWindow made;
  if (*from != '\0') made.from = day(from);
  if (*to != '\0') made.to = day(to);
  return made;
}

TEST(Time, a_window_includes_both_its_ends) {
  const DateWindow year = window("2024-01-01", "2025-12-30");
  EXPECT_FALSE(year.contains(day("2023-12-31")));
  EXPECT_TRUE(year.contains(day("2024-01-01")));
  EXPECT_TRUE(year.contains(day("2025-12-30")));
  EXPECT_FALSE(year.contains(day("2025-12-31")));
  EXPECT_TRUE(window("", "2025-12-30").contains(day("1990-01-01")));
  EXPECT_TRUE(window("2024-01-01", "").contains(day("2090-01-01")));
  EXPECT_TRUE(window("", "").contains(day("2026-01-01")));
}

TEST(Time, windows_overlap_when_they_share_a_day) {
  struct Row {
    DateWindow left, right;
    bool overlap;
  };
  const DateWindow year = window("2024-01-01", "2025-12-30");
  const Row rows[] = {{year, window("2025-12-30", "2026-05-31"), true},
                      {year, window("2025-12-31", "2026-05-31"), false},
                      {year, window("2023-01-01", "2024-01-01"), true},
                      {year, window("2023-01-01", "2023-12-31"), false},
                      {year, window("2024-06-01", "2024-06-30"), true},
                      {year, window("", ""), true},
                      {year, window("", "2023-12-31"), false},
                      {window("", "2023-12-31"), window("2023-12-31", ""), true},
                      {window("", "2023-12-30"), window("2023-12-31", ""), false}};
  for (const Row& row : rows) {
    EXPECT_EQ(row.left.overlaps(row.right), row.overlap);
    EXPECT_EQ(row.right.overlaps(row.left), row.overlap);
  }
}

}  // namespace
}  // namespace gongji
