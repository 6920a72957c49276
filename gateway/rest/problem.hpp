// Errors as RFC 9457 problem documents: `code` is the public reason code, `next_step` what the
// person can do, `rules` the ids of the rules that say so, `errors` names the wrong fields of the
// body by JSON pointer, or a parameter or header by its name, `limit` the amount that would have
// passed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "gateway/exchange.hpp"

namespace gongji::gateway::rest {

constexpr std::string_view kProblemType = "application/problem+json";

// A wrong field of a body: where it stands and which rule it breaks. "" = the body as a whole.
struct FieldFault {
  std::string pointer;
  std::string rule;
};
// From the words of a refusal: "members[0].relation 不是已知的亲属关系".
FieldFault field_fault(std::string_view detail);

Answer problem(const Refusal& refusal);
// 400 with every fault; there must be one.
Answer fields_problem(const std::vector<FieldFault>& faults);
// A fault of the request line or a header; `name` is the parameter's or header's.
Answer parameter_problem(std::string_view name, std::string_view rule);
// 422: the key is known with another body; `field` is the first one that differs.
Answer key_reused(std::string_view field);
// 409: what would have to end first is still running.
Answer running_already(std::string_view detail, int retry_after_s);
// 401 with a Bearer challenge. `token_given`: there was one, and nobody has it.
Answer unauthenticated(bool token_given);
Answer method_not_allowed(std::string_view allowed);
// 406: none of the types the caller accepts; `offered` are those there are.
Answer not_acceptable(std::string_view offered);

// For the transports, where no handler answers. Any thread.
std::string busy_problem(ShedCause cause, int retry_after_s);
std::string unknown_problem();
std::string rejected_problem(unsigned http_status, std::string_view sentence);

// "members[0].relation" → "/members/0/relation".
std::string json_pointer(std::string_view path);

}  // namespace gongji::gateway::rest
