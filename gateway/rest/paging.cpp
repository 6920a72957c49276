#include "gateway/rest/paging.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "gateway/rest/problem.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kCursorBytes = 9;  // the list's letter and eight bytes of the sequence
constexpr std::size_t kCursorLetters = kCursorBytes / 3 * 4;

std::string base64url(const std::array<std::uint8_t, kCursorBytes>& bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const unsigned group = static_cast<unsigned>(bytes[i]) << 16 |
                           static_cast<unsigned>(bytes[i + 1]) << 8 | bytes[i + 2];
    for (const int shift : {18, 12, 6, 0}) text += kAlphabet[(group >> shift) & 63];
  }
  return text;
}

std::optional<std::array<std::uint8_t, kCursorBytes>> from_base64url(std::string_view text) {
  std::array<std::uint8_t, kCursorBytes> bytes{};
  if (text.size() != kCursorLetters) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    unsigned group = 0;
    for (const char letter : text.substr(i, 4)) {
      const std::size_t value = kAlphabet.find(letter);
      if (value == std::string_view::npos) return std::nullopt;
      group = group << 6 | static_cast<unsigned>(value);
    }
    const std::size_t at = i / 4 * 3;
    bytes[at] = static_cast<std::uint8_t>(group >> 16);
    bytes[at + 1] = static_cast<std::uint8_t>(group >> 8);
    bytes[at + 2] = static_cast<std::uint8_t>(group);
  }
  return bytes;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

}  // namespace

std::string make_cursor(char list, Sequence place) {
  std::array<std::uint8_t, kCursorBytes> bytes{static_cast<std::uint8_t>(list)};
  for (std::size_t i = 1; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(place.number() >> (8 * (bytes.size() - 1 - i)));
  return base64url(bytes);
}

std::optional<Sequence> read_cursor(char list, std::string_view cursor) {
  const auto bytes = from_base64url(cursor);
  if (!bytes || bytes->front() != static_cast<std::uint8_t>(list)) return std::nullopt;
  std::uint64_t number = 0;
  for (std::size_t i = 1; i < bytes->size(); ++i) number = number << 8 | (*bytes)[i];
  return Sequence{number};
}

Result<std::uint64_t, Answer> read_number(const Call& call, std::string_view name,
                                          std::uint64_t otherwise, std::uint64_t max) {
  const std::string_view text = call.target.parameter(name);
  if (text.empty()) return otherwise;
  const auto number = number_in(text);
  if (number && *number <= max) return *number;
  const bool bounded = max < std::numeric_limits<std::uint64_t>::max();
  return parameter_problem(name, bounded ? "应为0到" + std::to_string(max) + "的整数" : "应为整数");
}

Result<std::size_t, Answer> read_limit(const Call& call) {
  const auto limit = read_number(call, "limit", kLimitDefault, kLimitMax);
  if (!limit) return limit.error();
  if (*limit == 0) return parameter_problem("limit", "应为1到1000的整数");
  return std::size_t{*limit};
}

Result<Page, Answer> read_page(const Call& call, char list) {
  const auto limit = read_limit(call);
  if (!limit) return limit.error();
  Page page{*limit, {}};
  const std::string_view cursor = call.target.parameter("cursor");
  if (cursor.empty()) return page;
  const auto place = read_cursor(list, cursor);
  if (!place) return parameter_problem("cursor", "不是此列表给出的游标");
  page.cursor = *place;
  return page;
}

std::string list_json(const std::vector<std::string>& items,
                      const std::optional<std::string>& next_cursor) {
  std::string body = "{\"items\":[";
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) body += ',';
    body += items[i];
  }
  body += "],\"next_cursor\":";
  body += next_cursor ? '"' + *next_cursor + '"' : "null";
  body += '}';
  return body;
}

}  // namespace gongji::gateway::rest
