#include "gateway/rest/problem.hpp"

#include <optional>

#include "gateway/json/json_writer.hpp"
#include "gateway/rest/reason_rules.hpp"
#include "gateway/wire/error_table.hpp"

namespace gongji::gateway::rest {
namespace {

struct Document {
  unsigned status = 0;
  Reason reason = Reason::kNone;
  std::string_view detail = {};
  NextStep next_step = NextStep::kNone;
  std::string_view error_kind = {};  // "pointer", "parameter"
  std::vector<FieldFault> errors = {};
  std::optional<Fen> limit = {};
};

void write_rules(json::JsonWriter& out, Reason reason) {
  const auto rules = rules_of(reason);
  if (rules.empty()) return;
  out.begin_array("rules");
  for (const std::string_view rule : rules) out.text(rule);
  out.end_array();
}

void write_errors(json::JsonWriter& out, const Document& document) {
  if (document.errors.empty()) return;
  out.begin_array("errors");
  for (const FieldFault& fault : document.errors) {
    out.begin_object();
    out.text(document.error_kind, fault.pointer);
    out.text("detail", fault.rule);
    out.end_object();
  }
  out.end_array();
}

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
  write_rules(out, document.reason);
  if (document.limit) out.money_text("limit", *document.limit);
  write_errors(out, document);
  out.end_object();
  return body;
}

Answer answer_with(const Document& document) {
  return {document.status, kProblemType, render(document), {}, false};
}

Document document_of(Reason reason, std::string_view detail) {
  return {wire::error_entry(reason).http_status, reason, detail, info(reason).next_step};
}

// "from, to" names two fields; "carryover 非职工参保人没有个人账户" one field and its rule.
std::vector<FieldFault> faults_in(std::string_view detail) {
  std::vector<FieldFault> faults;
  for (auto comma = detail.find(", "); comma != std::string_view::npos; comma = detail.find(", ")) {
    faults.push_back(field_fault(detail.substr(0, comma)));
    detail.remove_prefix(comma + 2);
  }
  faults.push_back(field_fault(detail));
  return faults;
}

std::string stand_in(Reason reason, unsigned status, std::string_view detail) {
  return render({status, reason, detail, info(reason).next_step});
}

}  // namespace

FieldFault field_fault(std::string_view detail) {
  const std::size_t space = detail.find(' ');
  const std::string_view rule =
      space == std::string_view::npos ? info(Reason::kField).text : detail.substr(space + 1);
  return {json_pointer(detail.substr(0, space)), std::string{rule}};
}

Answer problem(const Refusal& refusal) {
  Document document = document_of(refusal.reason, refusal.detail);
  if (refusal.next_step) document.next_step = *refusal.next_step;
  document.limit = refusal.limit;
  if (refusal.reason == Reason::kField && !refusal.detail.empty()) {
    document.error_kind = "pointer";
    document.errors = faults_in(refusal.detail);
  }
  return answer_with(document);
}

Answer fields_problem(const std::vector<FieldFault>& faults) {
  const std::string detail = faults.front().pointer + ' ' + faults.front().rule;
  Document document = document_of(Reason::kField, detail);
  document.error_kind = "pointer";
  document.errors = faults;
  return answer_with(document);
}

Answer parameter_problem(std::string_view name, std::string_view rule) {
  const std::string detail = std::string{name} + ' ' + std::string{rule};
  Document document = document_of(Reason::kField, detail);
  document.error_kind = "parameter";
  document.errors = {{std::string{name}, std::string{rule}}};
  return answer_with(document);
}

Answer key_reused(std::string_view field) {
  constexpr std::string_view kValues = ".values";  // a list of words is one field
  if (field.ends_with(kValues)) field.remove_suffix(kValues.size());
  constexpr std::string_view kRule = "与该幂等键首次请求的内容不同";
  const std::size_t section = field.find('.');
  const bool in_body = field.starts_with("body.");
  const std::string_view name = in_body ? field.substr(section + 1) : field;
  const std::string detail = std::string{name} + ' ' + std::string{kRule};
  Document document = document_of(Reason::kIdempotency, detail);
  const bool in_request = field.starts_with("request.");
  document.error_kind = in_request ? "parameter" : "pointer";
  document.errors = {{in_request ? std::string{field.substr(section + 1)} : json_pointer(name),
                      std::string{kRule}}};
  return answer_with(document);
}

Answer running_already(std::string_view detail, int retry_after_s) {
  constexpr unsigned kStatus = 409;
  Answer answer = answer_with({kStatus, Reason::kBusy, detail, info(Reason::kBusy).next_step});
  answer.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  return answer;
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
  Answer answer = answer_with({kStatus, reason, "此资源不支持该方法", info(reason).next_step});
  answer.headers.emplace_back("Allow", std::string{allowed});
  return answer;
}

Answer not_acceptable(std::string_view offered) {
  constexpr unsigned kStatus = 406;
  const std::string detail = "可提供的格式：" + std::string{offered};
  Document document{kStatus, Reason::kField, detail, info(Reason::kField).next_step};
  document.error_kind = "parameter";
  document.errors = {{"Accept", detail}};
  return answer_with(document);
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
  if (path.empty()) return "";
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
