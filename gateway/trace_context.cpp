#include "gateway/trace_context.hpp"

#include <algorithm>
#include <random>
#include <span>

namespace gongji::gateway {
namespace {

//  version - trace id                         - span id          - flags
//  00      - 4bf92f3577b34da6a3ce929d0e0e4736 - 00f067aa0ba902b7 - 01
constexpr std::size_t kTraceAt = 3;
constexpr std::size_t kSpanAt = 36;
constexpr std::size_t kFlagsAt = 53;
constexpr std::size_t kSize = 55;
constexpr std::string_view kFirstVersion = "00";
constexpr std::string_view kNoVersion = "ff";

constexpr std::string_view kDigits = "0123456789abcdef";

// False: another character than a lower-case hex digit.
bool read_hex(std::string_view text, std::span<std::uint8_t> bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t high = kDigits.find(text[2 * i]);
    const std::size_t low = kDigits.find(text[2 * i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return false;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

bool all_zero(std::span<const std::uint8_t> bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

// A later version may go on after a dash; what it has in common with the first one is read.
bool is_framed(std::string_view text) {
  if (text.size() < kSize || text.substr(0, 2) == kNoVersion) return false;
  if (text.size() > kSize && (text.substr(0, 2) == kFirstVersion || text[kSize] != '-'))
    return false;
  return text[kTraceAt - 1] == '-' && text[kSpanAt - 1] == '-' && text[kFlagsAt - 1] == '-';
}

template <std::size_t kBytes>
std::array<char, 2 * kBytes> hex(const std::array<std::uint8_t, kBytes>& bytes) {
  std::array<char, 2 * kBytes> text{};
  for (std::size_t i = 0; i < kBytes; ++i) {
    text[2 * i] = kDigits[bytes[i] >> 4];
    text[2 * i + 1] = kDigits[bytes[i] & 15];
  }
  return text;
}

}  // namespace

TraceContext read_traceparent(std::string_view text) {
  if (!is_framed(text)) return {};
  TraceContext trace;
  std::array<std::uint8_t, 1> version{}, flags{};
  const bool hex = read_hex(text, version) && read_hex(text.substr(kFlagsAt), flags) &&
                   read_hex(text.substr(kTraceAt), trace.trace_id) &&
                   read_hex(text.substr(kSpanAt), trace.span_id);
  return hex && !all_zero(trace.span_id) ? trace : TraceContext{};
}

TraceContext trace_of(const HttpRequest& request) {
  std::string_view found;
  for (const auto& [name, value] : request.headers) {
    if (!is_same_header(name, "traceparent")) continue;
    if (!found.empty()) return {};
    found = value;
  }
  return read_traceparent(found);
}

TraceContext new_trace() {
  std::random_device chance;
  TraceContext trace;
  const auto fill = [&chance](std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(chance());
    bytes.back() |= 1;  // never all zero
  };
  fill(trace.trace_id);
  fill(trace.span_id);
  return trace;
}

std::array<char, 32> trace_text(const TraceContext& trace) { return hex(trace.trace_id); }
std::array<char, 16> span_text(const TraceContext& trace) { return hex(trace.span_id); }

}  // namespace gongji::gateway
