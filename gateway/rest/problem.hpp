// Errors as RFC 9457 problem documents: `code` is the public reason code, `next_step` what the
// person can do, `errors` names the wrong fields of the body by JSON pointer.
#pragma once

#include <string>
#include <string_view>

#include "domain/event.hpp"
#include "gateway/exchange.hpp"

namespace gongji::gateway::rest {

constexpr std::string_view kProblemType = "application/problem+json";

Answer problem(const Refusal& refusal);
// A fault of the request line or a header; `name` is the parameter's or header's.
Answer parameter_problem(std::string_view name, std::string_view rule);
// 401 with a Bearer challenge. `token_given`: there was one, and nobody has it.
Answer unauthenticated(bool token_given);
Answer method_not_allowed(std::string_view allowed);

// For the transports, where no handler answers. Any thread.
std::string busy_problem(ShedCause cause, int retry_after_s);
std::string unknown_problem();
std::string rejected_problem(unsigned http_status, std::string_view sentence);

// "members[0].relation" → "/members/0/relation".
std::string json_pointer(std::string_view path);

}  // namespace gongji::gateway::rest
