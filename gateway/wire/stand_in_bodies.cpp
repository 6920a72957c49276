#include "gateway/wire/stand_in_bodies.hpp"

#include "gateway/wire/envelope_writer.hpp"
#include "gateway/wire/record_ids.hpp"
#include "ports/clock.hpp"

namespace gongji::gateway::wire {
namespace {

// Nothing of the message is known, so neither its area nor the spelling its sender prefers.
std::string stand_in(Reason reason, std::string_view detail, std::string_view output) {
  AnswerEnvelope envelope;
  envelope.infcode = error_entry(reason).infcode;
  envelope.received_at = SystemClock{}.now();
  envelope.responded_at = envelope.received_at;
  envelope.inf_refmsgid = make_inf_refmsgid("", envelope.received_at, 0);
  envelope.err_msg = err_msg(reason, detail);
  return render_envelope(envelope, output);
}

}  // namespace

std::string busy_body(ShedCause cause, int retry_after_s) {
  const Reason reason = cause == ShedCause::kDeadline ? Reason::kDeadline : Reason::kBusy;
  return stand_in(reason, "", "{\"retry_after\":" + std::to_string(retry_after_s) + "}");
}

std::string unknown_body() { return stand_in(Reason::kUnknownOutcome, "", "{}"); }

std::string rejected_body(unsigned http_status, std::string_view sentence) {
  constexpr unsigned kNotFound = 404;
  const Reason reason = http_status == kNotFound ? Reason::kNotFound : Reason::kField;
  return stand_in(reason, sentence, "{}");
}

}  // namespace gongji::gateway::wire
