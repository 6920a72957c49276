#include "gateway/rest/problem.hpp"

#include "gateway/json/json_writer.hpp"
#include "gateway/wire/error_table.hpp"

namespace gongji::gateway::rest {
namespace {

struct Document {
  unsigned status;
  Reason reason;
  std::string_view detail;
  NextStep next_step;
  std::string_view error_kind;  // "pointer", "parameter"; "" = no errors list
  std::string error_place;
  std::string_view error_rule;
};

std::string render(const Document& document) {
  std::string body;
  json::JsonWriter out{body};
  const ReasonInfo& reason = info(document.reason);
  out.begin_object();
  out.text("type", "urn:gongji:reason:" + std::string{reason.code});
  out.text("title", reason.text);
  out.number("status", document.status);
  out.text("code", reason.code);
  out.text("detail", document.detail.empty() ? reason.text : document.detail);
  out.text("next_step", to_text(document.next_step));
  if (!document.error_kind.empty()) {
    out.begin_array("errors");
    out.begin_object();
    out.text(document.error_kind, document.error_place);
    out.text("detail", document.error_rule);
    out.end_object();
    out.end_array();
  }
  out.end_object();
  return body;
}

Answer answer_with(const Document& document) {
  return {document.status, kProblemType, render(document), {}, false};
}

Document document_of(const Refusal& refusal) {
  Document document{wire::error_entry(refusal.reason).http_status,
                    refusal.reason,
                    refusal.detail,
                    refusal.next_step.value_or(info(refusal.reason).next_step),
                    "",
                    {},
                    ""};
  if (refusal.reason != Reason::kField) return document;
  const std::string_view detail = refusal.detail;
  const std::size_t space = detail.find(' ');
  document.error_kind = "pointer";
  document.error_place = json_pointer(detail.substr(0, space));
  document.error_rule = space == std::string_view::npos ? detail : detail.substr(space + 1);
  return document;
}

std::string stand_in(Reason reason, unsigned status, std::string_view detail) {
  return render({status, reason, detail, info(reason).next_step, "", {}, ""});
}

}  // namespace

Answer problem(const Refusal& refusal) { return answer_with(document_of(refusal)); }

Answer parameter_problem(std::string_view name, std::string_view rule) {
  const std::string detail = std::string{name} + ' ' + std::string{rule};
  return answer_with({wire::error_entry(Reason::kField).http_status, Reason::kField, detail,
                      info(Reason::kField).next_step, "parameter", std::string{name}, rule});
}

Answer unauthenticated(bool token_given) {
  Answer answer = problem({Reason::kUnauthenticated, "", {}, {}});
  std::string challenge = "Bearer realm=\"gongji\"";
  if (token_given) challenge += ", error=\"invalid_token\"";
  answer.headers.emplace_back("WWW-Authenticate", std::move(challenge));
  return answer;
}

Answer method_not_allowed(std::string_view allowed) {
  constexpr unsigned kStatus = 405;
  const Reason reason = Reason::kNotFound;
  Answer answer =
      answer_with({kStatus, reason, "此资源不支持该方法", info(reason).next_step, "", {}, ""});
  answer.headers.emplace_back("Allow", std::string{allowed});
  return answer;
}

std::string busy_problem(ShedCause cause, int retry_after_s) {
  constexpr unsigned kStatus = 503;
  const Reason reason = cause == ShedCause::kDeadline ? Reason::kDeadline : Reason::kBusy;
  return stand_in(reason, kStatus, "请在" + std::to_string(retry_after_s) + "秒后重试");
}

std::string unknown_problem() {
  const Reason reason = Reason::kUnknownOutcome;
  return stand_in(reason, wire::error_entry(reason).http_status, "结果未知，请用同一幂等键重发");
}

std::string rejected_problem(unsigned http_status, std::string_view sentence) {
  constexpr unsigned kNotFoundStatus = 404;
  const Reason reason = http_status == kNotFoundStatus ? Reason::kNotFound : Reason::kField;
  return stand_in(reason, http_status, sentence);
}

std::string json_pointer(std::string_view path) {
  std::string pointer = "/";
  for (const char c : path) {
    if (c == '.' || c == '[') {
      pointer += '/';
    } else if (c != ']') {
      pointer += c;
    }
  }
  return pointer;
}

}  // namespace gongji::gateway::rest
