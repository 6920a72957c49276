#include "gateway/rest/call.hpp"

#include <algorithm>
#include <cstdlib>

namespace gongji::gateway::rest {
namespace {

constexpr std::size_t kPersonIdBytesMax = 30;

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
  call->slot = std::move(slot);
  return call;
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
