#include "config/knob_kinds.hpp"

#include <arpa/inet.h>

#include <array>
#include <limits>

namespace gongji::config {
namespace {

template <class Number>
std::optional<Number> parse_digits(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_numeric_address(const std::string& address, int family) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(family, address.c_str(), bytes.data()) == 1;
}

}  // namespace

std::optional<HostPort> parse_host_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_digits<std::uint16_t>(text.substr(colon + 1));
  std::string address{text.substr(0, colon)};
  const bool bracketed = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (bracketed) address = address.substr(1, address.size() - 2);
  if (address == "localhost") address = "127.0.0.1";
  if (!port || !is_numeric_address(address, bracketed ? AF_INET6 : AF_INET)) return std::nullopt;
  return HostPort{address, *port};
}

std::string to_host_port(std::string_view address, std::uint16_t port) {
  const bool six = address.find(':') != std::string_view::npos;
  return (six ? "[" : "") + std::string{address} + (six ? "]:" : ":") + std::to_string(port);
}

std::string to_toml(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::uint64_t parse_count(const KnobValue& value, Range range, Complaint& error) {
  using Type = KnobValue::Type;
  const auto number = parse_digits<std::uint64_t>(value.text);
  const bool right_type = value.type == Type::kInteger || value.type == Type::kUntyped;
  if (right_type && number && *number >= range.min && *number <= range.max) return *number;
  error = "must be a whole number, " + to_range_text(range);
  return 0;
}

bool parse_flag(const KnobValue& value, Complaint& error) {
  using Type = KnobValue::Type;
  const bool right_type = value.type == Type::kBoolean || value.type == Type::kUntyped;
  if (!right_type || (value.text != "true" && value.text != "false"))
    error = "must be true or false";
  return value.text == "true";
}

std::string parse_text(const KnobValue& value, Complaint& error) {
  using Type = KnobValue::Type;
  if (value.type == Type::kText || value.type == Type::kUntyped) return value.text;
  error = "must be text in quotes";
  return "";
}

std::string parse_path(const KnobValue& value, Emptiness empty, Complaint& error) {
  const std::string text = parse_text(value, error);
  if (text.empty() && empty == Emptiness::kRefused && !error) error = "must not be empty";
  if (error || text.empty()) return "";
  return (value.base / text).lexically_normal().string();
}

bool is_redis_url(std::string_view text) {
  constexpr std::array<std::string_view, 3> kSchemes{"redis://", "redis+sentinel://",
                                                     "redis+cluster://"};
  if (text.empty()) return true;
  if (text.find_first_of(" \t\"") != std::string_view::npos) return false;
  for (const std::string_view scheme : kSchemes)
    if (text.starts_with(scheme) && text.size() > scheme.size()) return true;
  return false;
}

bool is_log_level(std::string_view text) {
  constexpr std::array<std::string_view, 6> kLevels{"trace", "debug", "info",
                                                    "warn",  "error", "off"};
  for (const std::string_view level : kLevels)
    if (text == level) return true;
  return false;
}

bool is_log_format(std::string_view text) {
  return text == "auto" || text == "json" || text == "text";
}

std::string to_range_text(Range range) {
  return std::to_string(range.min) + " … " + std::to_string(range.max);
}

}  // namespace gongji::config
