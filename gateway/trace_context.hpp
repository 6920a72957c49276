// The traceparent of W3C Trace Context: which trace a message belongs to, and within which span of
// its sender it was sent. We keep both for the log and open no spans of our own.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "gateway/exchange.hpp"

namespace gongji::gateway {

struct TraceContext {
  std::array<std::uint8_t, 16> trace_id{};  // all zero = none
  std::array<std::uint8_t, 8> span_id{};    // the sender's

  [[nodiscard]] bool given() const { return trace_id != decltype(trace_id){}; }
};

// None when the text is malformed: a bad traceparent starts a new trace and is never an error.
[[nodiscard]] TraceContext read_traceparent(std::string_view text);
// None as well when there are several.
[[nodiscard]] TraceContext trace_of(const HttpRequest& request);
// A trace that nobody told us, by chance.
[[nodiscard]] TraceContext new_trace();

// Lower-case hex, as traceparent has it.
[[nodiscard]] std::array<char, 32> trace_text(const TraceContext& trace);
[[nodiscard]] std::array<char, 16> span_text(const TraceContext& trace);

}  // namespace gongji::gateway
