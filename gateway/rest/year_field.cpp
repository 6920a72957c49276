#include "gateway/rest/year_field.hpp"

#include <charconv>

namespace gongji::gateway::rest {
namespace {

constexpr int kYearMin = 2000;
constexpr int kYearMax = 9999;

}  // namespace

int read_year(BodyReader& body, const json::FieldValues& values) {
  if (!values.has("year")) return 0;  // the fault is noted already where it is required
  const std::string_view text = values.text("year");
  int year = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  const bool whole = error == std::errc{} && stop == text.data() + text.size();
  if (whole && year >= kYearMin && year <= kYearMax) return year;
  body.fault("", "year", "应为四位年份");
  return 0;
}

}  // namespace gongji::gateway::rest
