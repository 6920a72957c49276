// Time comes in by argument: the domain has no now(). An Instant is UTC with millisecond
// resolution; civil dates are those of UTC+8 (GX-13), where a day starts at 16:00 UTC.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gongji {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using CivilDate = std::chrono::year_month_day;

constexpr std::chrono::hours kCivilOffset{8};

CivilDate civil_date(Instant at);
// First instant of that civil day.
Instant start_of(CivilDate date);

// "2026-11-22"; nothing when the text is not a real calendar date.
std::optional<CivilDate> parse_date(std::string_view text);
std::string to_text(CivilDate date);
// "2026-11-22 10:15:30" in UTC+8.
std::string to_civil_text(Instant at);
// "20261122101530512" in UTC+8, milliseconds included.
std::string to_compact_text(Instant at);

// A period of civil days; both ends inclusive (SX-13); an absent end is open.
struct DateWindow {
  std::optional<CivilDate> from;
  std::optional<CivilDate> to;

  [[nodiscard]] bool contains(CivilDate day) const;
  [[nodiscard]] bool overlaps(const DateWindow& other) const;
  bool operator==(const DateWindow&) const = default;
};

}  // namespace gongji
