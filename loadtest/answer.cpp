#include "loadtest/answer.hpp"

#include <charconv>
#include <cstring>

namespace gongji::loadtest {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// What follows `"name":`, blanks skipped. memmem, because string_view's find stops at every quote:
// it took a quarter of the generator's time.
std::string_view after_name(std::string_view body, std::string_view quoted_name) {
  const void* found = ::memmem(body.data(), body.size(), quoted_name.data(), quoted_name.size());
  if (found == nullptr) return {};
  auto rest = body.substr(static_cast<std::size_t>(static_cast<const char*>(found) - body.data()) +
                          quoted_name.size());
  const auto colon = rest.find_first_not_of(kBlanks);
  if (colon == std::string_view::npos || rest[colon] != ':') return {};
  rest.remove_prefix(colon + 1);
  const auto value = rest.find_first_not_of(kBlanks);
  return value == std::string_view::npos ? std::string_view{} : rest.substr(value);
}

// Some institutions get infcode as a string.
std::optional<int> find_infcode(std::string_view body) {
  std::string_view value = after_name(body, "\"infcode\"");
  if (value.starts_with('"')) value.remove_prefix(1);
  int code = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), code);
  if (error != std::errc{} || end == value.data()) return std::nullopt;
  return code;
}

// err_msg starts with the machine code, then a sentence: "E_QUOTA …".
std::string_view find_code(std::string_view body) {
  const std::string_view message = find_text(body, "\"err_msg\"");
  if (!message.starts_with("E_")) return {};
  return message.substr(0, message.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"));
}

}  // namespace

AnswerFacts read_answer(unsigned http_status, std::string_view body) {
  if (http_status == 429 || http_status == 503) return {AnswerClass::kBusy, "E_BUSY"};
  const auto infcode = find_infcode(body);
  if (!infcode) return {AnswerClass::kUnknown, {}};
  if (*infcode == 0) return {AnswerClass::kApplied, {}};
  const std::string_view code = find_code(body);
  if (*infcode != -2) return {AnswerClass::kUnknown, code};
  return {code == "E_BUSY" ? AnswerClass::kBusy : AnswerClass::kRefused, code};
}

std::string_view find_text(std::string_view body, std::string_view quoted_name) {
  std::string_view value = after_name(body, quoted_name);
  if (!value.starts_with('"')) return {};
  value.remove_prefix(1);
  const auto end = value.find('"');
  return end == std::string_view::npos ? std::string_view{} : value.substr(0, end);
}

std::optional<Fen> find_amount(std::string_view body, std::string_view quoted_name) {
  std::string_view value = after_name(body, quoted_name);
  if (value.starts_with('"')) value.remove_prefix(1);
  return parse_yuan(value.substr(0, value.find_first_not_of("-.0123456789")));
}

std::optional<Fen> parse_yuan(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view cents = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (whole.empty() || whole.size() > 15 || cents.size() > 2) return std::nullopt;
  if (point != std::string_view::npos && cents.empty()) return std::nullopt;
  std::int64_t count = 0;
  for (const char digit : whole) {
    if (digit < '0' || digit > '9') return std::nullopt;
    count = count * 10 + (digit - '0');
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const char digit = i < cents.size() ? cents[i] : '0';
    if (digit < '0' || digit > '9') return std::nullopt;
    count = count * 10 + (digit - '0');
  }
  return Fen{negative ? -count : count};
}

}  // namespace gongji::loadtest
