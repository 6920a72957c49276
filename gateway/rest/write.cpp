#include "gateway/rest/write.hpp"

#include "gateway/json/canonical_text.hpp"
#include "gateway/rest/answers.hpp"
#include "gateway/rest/loop_ticket.hpp"
#include "gateway/rest/privacy.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::rest {
namespace {

// The key belongs to the token, not to the whole world: two programs may pick the same one.
std::string message_id(const Call& call) { return call.token_name + ':' + call.idempotency_key; }

void append_line(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append("=").append(value).append("\n");
}

// What makes two requests the same: operation, path, acting person and body.
std::string canonical_of(const Call& call, const std::string& body) {
  std::string text = ">request\n";
  append_line(text, "operation", call.operation);
  for (const std::string& id : call.ids) append_line(text, "path", id);
  append_line(text, "X-Acting-Person", call.acting_person);
  return text + body;
}

Request request_of(const Backend& backend, const Call& call, const Write& write) {
  Request request;
  request.origin.key = {InstitutionCode{}, "v1", message_id(call)};
  request.origin.business_input = canonical_of(call, write.canonical);
  request.origin.digest = wire::sha256(request.origin.business_input);
  request.origin.received_at = backend.ports.clock.now();
  request.origin.channel = call.channel;
  request.origin.operator_id = call.operator_id;
  request.origin.acting_person = call.acting_person;
  request.key_hash = wire::message_key_hash(request.origin.key);
  request.business_hash = write.business_hash;
  request.ask = AdminRequest{write.command};
  request.deadline = call.deadline;
  return request;
}

// One write that waits for its answer.
struct Pending {
  Backend& backend;
  CallPtr call;
  Command command;
  std::string canonical;
  RecordRenderer render;
  std::function<Answer()> nothing_to_do;

  [[nodiscard]] Answer refuse(const Refusal& refusal) const {
    return refused(backend, visible_refusal(refusal, command, *call));
  }
  Answer operator()(const Recorded& recorded) const {
    const Refusal* refusal = recorded.record->refusal();
    Answer answer = refusal == nullptr ? render(*recorded.record) : refuse(*refusal);
    if (recorded.replayed) answer.headers.emplace_back("Idempotent-Replayed", "true");
    return answer;
  }
  Answer operator()(const KeyReused& reused) const {
    backend.ports.metrics.refusal(Reason::kIdempotency);
    const std::string& first = reused.first->origin.business_input;
    return key_reused(json::first_difference(first, canonical).value_or("request.operation"));
  }
  Answer operator()(const NotDecided& refusal) const {
    const bool nothing = refusal.refusal.reason == Reason::kNone && nothing_to_do;
    return nothing ? nothing_to_do() : refuse(refusal.refusal);
  }
  // Anything else is no answer to a write: nobody can say what became of it.
  template <class Other>
  Answer operator()(const Other&) const {
    return refused(backend, Reason::kUnknownOutcome);
  }
};

}  // namespace

bool take_key(Backend& backend, Call& call) {
  call.running_key = backend.running.take(message_id(call));
  if (call.running_key != nullptr) return true;
  call.answer(running_already("使用该幂等键的请求正在处理，请稍后用同一键重发",
                              backend.options.retry_after_s));
  return false;
}

void submit_write(Backend& backend, const CallPtr& call, Write write) {
  if (take_key(backend, *call)) submit_keyed_write(backend, call, std::move(write));
}

void submit_keyed_write(Backend& backend, const CallPtr& call, Write write) {
  Request request = request_of(backend, *call, write);
  auto pending = std::make_shared<Pending>(
      Pending{backend, call, std::move(write.command), request.origin.business_input,
              std::move(write.render), std::move(write.nothing_to_do)});
  const auto on_reply = [pending](const Reply& reply) {
    pending->call->answer(std::visit(*pending, reply));
  };
  backend.ports.service.submit(std::move(request),
                               make_loop_ticket(*call->slot, on_reply, &call->hops));
}

bool answer_faults(const BodyReader& body, Call& call) {
  if (body.ok()) return false;
  call.answer(fields_problem(body.faults()));
  return true;
}

}  // namespace gongji::gateway::rest
