#include "gateway/rest/answers.hpp"

#include "gateway/wire/error_table.hpp"

namespace gongji::gateway::rest {

Answer json_answer(std::string body, unsigned status) {
  Answer answer;
  answer.http_status = status;
  answer.body = std::move(body);
  return answer;
}

Answer refused(const Backend& backend, const Refusal& refusal) {
  backend.ports.metrics.refusal(refusal.reason);
  Answer answer = problem(refusal);
  if (wire::error_entry(refusal.reason).retry == wire::Retry::kSameMessage)
    answer.headers.emplace_back("Retry-After", std::to_string(backend.options.retry_after_s));
  return answer;
}

Answer refused(const Backend& backend, Reason reason) {
  return refused(backend, Refusal{reason, "", {}, {}});
}

}  // namespace gongji::gateway::rest
