#include "gateway/message_log.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <vector>

#include "ports/log.hpp"

namespace gongji::gateway {
namespace {

using Moment = HopTimes::Moment;

std::string_view to_text(TransactionOutcome outcome) {
  switch (outcome) {
    case TransactionOutcome::kApplied: return "applied";
    case TransactionOutcome::kRefused: return "refused";
    case TransactionOutcome::kReplayed: return "replayed";
    case TransactionOutcome::kUnknown: return "unknown";
  }
  std::abort();
}

std::string_view to_text(Transport transport) {
  return transport == Transport::kHttp ? "http" : "tcp";
}

// To the microsecond.
double milliseconds_between(Moment from, Moment to) {
  const std::chrono::duration<double, std::micro> took = to - from;
  return static_cast<double>(std::llround(took.count())) / 1000;
}

// A hop lasts from the end of the one before to its own; one that was not reached has no field.
void add_hops(const MessageStory& story, std::vector<LogField>& fields) {
  const HopTimes& hops = story.hops;
  const bool submitted = hops.submitted_at != Moment{};
  const std::array<std::pair<std::string_view, Moment>, 6> ends{{
      {"read_ms", story.read_at},
      {"parse_ms", submitted ? hops.submitted_at : story.parsed_at},
      {"route_ms", hops.taken_at},
      {"decide_ms", hops.decided_at},
      {"commit_ms", hops.durable_at},
      {"reply_ms", story.answered_at},
  }};
  Moment from = story.first_byte_at;
  for (const auto& [name, end] : ends) {
    if (end == Moment{}) continue;
    fields.push_back({name, milliseconds_between(from, end)});
    from = end;
  }
}

}  // namespace

void MessageLog::tell(const MessageStory& story) {
  const bool unknown = story.outcome == TransactionOutcome::kUnknown;
  std::uint64_t left_out = 0;
  if (!unknown && !has_room(story.answered_at, left_out)) return;
  const TraceContext trace = story.trace.given() ? story.trace : new_trace();
  const auto trace_id = trace_text(trace);
  const auto span_id = span_text(trace);
  std::vector<LogField> fields{{"trace_id", std::string_view{trace_id.data(), trace_id.size()}},
                               {"span_id", std::string_view{span_id.data(), span_id.size()}},
                               {"transport", to_text(story.transport)},
                               {"operation", story.operation}};
  if (story.http_status == 0) fields.push_back({"outcome", to_text(story.outcome)});
  if (story.http_status != 0) fields.push_back({"status", story.http_status});
  if (!story.institution.empty()) fields.push_back({"institution", story.institution});
  if (!story.record.is_none()) fields.push_back({"sequence", story.record.number()});
  fields.push_back({"took_ms", milliseconds_between(story.first_byte_at, story.answered_at)});
  add_hops(story, fields);
  if (left_out != 0) fields.push_back({"left_out", left_out});
  if (unknown)
    log_event(LogLevel::kError, "message_unknown",
              "Nobody can say what became of a message; its sender asks again.", fields);
  else
    log_event(LogLevel::kWarn, "message_slow", "A message took long.", fields);
}

bool MessageLog::has_room(Moment now, std::uint64_t& left_out) {
  const std::lock_guard lock{mutex_};
  if (now - second_began_ >= std::chrono::seconds{1}) {
    second_began_ = now;
    lines_ = 0;
  }
  if (lines_ == kSlowLinesPerSecond) {
    ++left_out_;
    return false;
  }
  ++lines_;
  left_out = std::exchange(left_out_, 0);
  return true;
}

}  // namespace gongji::gateway
