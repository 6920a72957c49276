#include "gateway/rest/call.hpp"

#include <algorithm>
#include <cstdlib>

namespace gongji::gateway::rest {
namespace {

constexpr std::size_t kPersonIdBytesMax = 30;
constexpr unsigned kUnknownStatus = 500;  // E_UNKNOWN_OUTCOME and nothing else

std::string_view or_else(std::string_view text, std::string_view other) {
  return text.empty() ? other : text;
}

// Idempotency-Key comes bare or in quotes.
std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

CallPtr make_call(const HttpRequest& request, const AccessToken& token, RequestTarget target,
                  std::chrono::milliseconds deadline_ms, std::unique_ptr<AnswerSlot> slot) {
  auto call = std::make_shared<Call>();
  call->role = token.role;
  call->token_name = token.name;
  call->acting_person = request.header("X-Acting-Person");
  call->operator_id = or_else(request.header("X-Operator"), token.name);
  call->channel = or_else(request.header("X-Channel"), to_text(token.role));
  call->channel_named = !request.header("X-Channel").empty();
  call->idempotency_key = unquoted(request.header("Idempotency-Key"));
  call->accept = request.header("Accept");
  call->last_event_id = request.header("Last-Event-ID");
  call->target = std::move(target);
  call->body = request.body;
  call->deadline = request.first_byte_at + deadline_ms;
  call->trace = trace_of(request);
  call->first_byte_at = request.first_byte_at;
  call->read_at = std::chrono::steady_clock::now();
  call->slot = std::move(slot);
  return call;
}

void Call::answer(Answer answer) {
  const unsigned http_status = answer.http_status;
  running_key.reset();
  slot->answer(std::move(answer));
  if (log != nullptr) tell(http_status);
}

void Call::tell(unsigned http_status) const {
  const HopTimes::Moment now = std::chrono::steady_clock::now();
  const bool unknown = http_status == kUnknownStatus;
  if (!log->wants(unknown ? TransactionOutcome::kUnknown : TransactionOutcome::kApplied,
                  waits ? HopTimes::Moment::duration::zero() : now - first_byte_at))
    return;
  MessageStory story;
  story.trace = trace;
  story.operation = operation;
  story.outcome = unknown ? TransactionOutcome::kUnknown : TransactionOutcome::kApplied;
  story.http_status = http_status;
  story.first_byte_at = first_byte_at;
  story.read_at = read_at;
  story.hops = hops;
  story.answered_at = now;
  log->tell(story);
}

std::string_view to_text(Role role) {
  switch (role) {
    case Role::kApp: return "app";
    case Role::kAgency: return "agency";
    case Role::kAuditor: return "auditor";
  }
  std::abort();
}

bool is_person_id(std::string_view text) {
  return !text.empty() && text.size() <= kPersonIdBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace gongji::gateway::rest
