#include "domain/time.hpp"

#include <cstdio>

namespace gongji {
namespace {

struct CivilTime {
  int year;
  unsigned month, day, hour, minute, second, millisecond;
};

CivilTime civil_time(Instant at) {
  const auto local = at + kCivilOffset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const CivilDate date{day};
  const std::chrono::hh_mm_ss clock{local - day};
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          static_cast<unsigned>(clock.hours().count()),
          static_cast<unsigned>(clock.minutes().count()),
          static_cast<unsigned>(clock.seconds().count()),
          static_cast<unsigned>(clock.subseconds().count())};
}

// Writes `value` as exactly `width` decimal digits; returns where they end.
char* put(char* to, unsigned value, unsigned width) {
  for (unsigned i = width; i-- > 0; value /= 10) to[i] = static_cast<char>('0' + value % 10);
  return to + width;
}

constexpr std::size_t kDateChars = 10;

// "2026-07-01"
char* put_date(char* to, unsigned year, unsigned month, unsigned day) {
  to = put(to, year, 4);
  *to++ = '-';
  to = put(to, month, 2);
  *to++ = '-';
  return put(to, day, 2);
}

std::optional<int> parse_number(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

CivilDate civil_date(Instant at) {
  return CivilDate{std::chrono::floor<std::chrono::days>(at + kCivilOffset)};
}

Instant start_of(CivilDate date) {
  return Instant{std::chrono::sys_days{date}.time_since_epoch()} - kCivilOffset;
}

std::optional<CivilDate> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_number(text.substr(0, 4));
  const auto month = parse_number(text.substr(5, 2));
  const auto day = parse_number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const CivilDate date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                       std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string to_text(CivilDate date) {
  char text[kDateChars];
  char* end = put_date(text, static_cast<unsigned>(static_cast<int>(date.year())),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return {text, end};
}

std::string to_civil_text(Instant at) {
  const CivilTime t = civil_time(at);
  char text[kDateChars + 9];
  char* to = put_date(text, static_cast<unsigned>(t.year), t.month, t.day);
  *to++ = ' ';
  to = put(to, t.hour, 2);
  *to++ = ':';
  to = put(to, t.minute, 2);
  *to++ = ':';
  to = put(to, t.second, 2);
  return {text, to};
}

std::string to_compact_text(Instant at) {
  const CivilTime t = civil_time(at);
  char text[17];
  char* to = put(text, static_cast<unsigned>(t.year), 4);
  to = put(to, t.month, 2);
  to = put(to, t.day, 2);
  to = put(to, t.hour, 2);
  to = put(to, t.minute, 2);
  to = put(to, t.second, 2);
  to = put(to, t.millisecond, 3);
  return {text, to};
}

bool DateWindow::contains(CivilDate day) const {
  return (!from || *from <= day) && (!to || day <= *to);
}

bool DateWindow::overlaps(const DateWindow& other) const {
  const bool starts_after = from && other.to && *other.to < *from;
  const bool ends_before = to && other.from && *to < *other.from;
  return !starts_after && !ends_before;
}

}  // namespace gongji
