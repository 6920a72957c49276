#include "tests/domain/support/yuan.hpp"

#include <stdexcept>
#include <string>

namespace gongji::test {
namespace {

[[noreturn]] void complain(std::string_view what, std::string_view text) {
  throw std::invalid_argument{std::string{what} + " expected, not '" + std::string{text} + "'"};
}

std::int64_t digits(std::string_view text, std::string_view what) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos)
    complain(what, text);
  return std::stoll(std::string{text});
}

}  // namespace

Fen yuan(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return Fen{digits(text, "an amount") * 100};
  const std::string_view cents = text.substr(point + 1);
  if (cents.size() != 2) complain("an amount", text);
  return Fen{digits(text.substr(0, point), "an amount") * 100 + digits(cents, "an amount")};
}

CivilDate day(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) complain("a date", text);
  return *date;
}

Instant civil(std::string_view text) {
  const Instant midnight = start_of(day(text.substr(0, 10)));
  if (text.size() == 10) return midnight;
  const bool has_seconds = text.size() == 19;
  if ((text.size() != 16 && !has_seconds) || text[10] != ' ' || text[13] != ':')
    complain("a time", text);
  const auto two = [&](std::size_t at) { return digits(text.substr(at, 2), "a time"); };
  const auto second = has_seconds ? two(17) : 0;
  return midnight + std::chrono::hours{two(11)} + std::chrono::minutes{two(14)} +
         std::chrono::seconds{second};
}

}  // namespace gongji::test
