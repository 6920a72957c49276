#include "gateway/trace_context.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gongji::gateway {
namespace {

constexpr std::string_view kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr std::string_view kSpan = "00f067aa0ba902b7";

std::string text(const auto& digits) { return {digits.data(), digits.size()}; }

struct Row {
  const char* about;
  std::string traceparent;
  bool given;
};

// W3C Trace Context, "traceparent header" and "versioning of traceparent".
const Row kRows[] = {
    {"the example of the standard", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
     true},
    {"not sampled", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", true},
    {"flags we do not know", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff", true},
    {"a later version", "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true},
    {"a later version with more",
     "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes", true},
    {"absent", "", false},
    {"a later version with more and no dash",
     "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what", false},
    {"version 00 with more", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x", false},
    {"the version that is none", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false},
    {"a version that is no number", "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
     false},
    {"upper case", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false},
    {"a trace id of zeros", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", false},
    {"a span id of zeros", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false},
    {"no hex in the trace id", "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01", false},
    {"no hex in the span id", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b -01", false},
    {"no hex in the flags", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0.", false},
    {"another separator", "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false},
    {"one digit short", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0", false},
    {"a certificate number", "310101198503129018", false},
};

TEST(TraceContext, TakesWhatTheStandardAllowsAndNothingElse) {
  for (const Row& row : kRows) {
    const TraceContext trace = read_traceparent(row.traceparent);
    EXPECT_EQ(trace.given(), row.given) << row.about;
    if (!trace.given()) continue;
    EXPECT_EQ(text(trace_text(trace)), kTrace) << row.about;
    EXPECT_EQ(text(span_text(trace)), kSpan) << row.about;
  }
}

TEST(TraceContext, IsTakenFromTheHeaderWhateverItsCaseUnlessThereAreTwo) {
  const std::string traceparent = kRows[0].traceparent;
  HttpRequest request;
  EXPECT_FALSE(trace_of(request).given());
  request.headers = {{"Host", "x"}, {"TraceParent", traceparent}};
  EXPECT_TRUE(trace_of(request).given());
  request.headers.emplace_back("traceparent", traceparent);
  EXPECT_FALSE(trace_of(request).given());
}

TEST(TraceContext, ANewOneIsValidAndItsOwn) {
  const TraceContext one = new_trace();
  const TraceContext two = new_trace();
  const std::string traceparent =
      "00-" + text(trace_text(one)) + "-" + text(span_text(one)) + "-01";
  EXPECT_TRUE(read_traceparent(traceparent).given()) << traceparent;
  EXPECT_NE(text(trace_text(one)), text(trace_text(two)));
}

}  // namespace
}  // namespace gongji::gateway
