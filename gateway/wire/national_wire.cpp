// Hop 2 of 8: the wire. A message becomes a valid request, or a refusal that names what is wrong
// (intake.cpp). What passes is submitted with a ticket. The answer comes back through on_reply()
// and is rendered by answer_renderer.cpp, hop 8. Next hop: actors/directory.hpp.
#include "gateway/wire/national_wire.hpp"

#include <utility>

#include "gateway/json/fields.hpp"
#include "gateway/wire/file_upload.hpp"
#include "gateway/wire/reconciliation_writer.hpp"
#include "gateway/wire/wire_path.hpp"

namespace gongji::gateway::wire {
namespace {

using std::chrono::steady_clock;

double seconds_between(steady_clock::time_point start, steady_clock::time_point end) {
  return std::chrono::duration<double>(end - start).count();
}

}  // namespace

NationalWire::NationalWire(SettlementService& service, const PolicySource& policies,
                           const Clock& clock, Metrics& metrics, const QuoteKey& quote_key,
                           WireOptions options)
    : service_(service),
      clock_(clock),
      metrics_(metrics),
      options_(options),
      gate_(clock, options.replay, options.institutions, metrics),
      intake_(policies, gate_, quote_key, options.deadline_ms),
      desk_(options.signatures_waiting_max),
      renderer_(clock, quote_key, options.retry_after_s),
      dispatch_(metrics, options.traffic, options.slow_ms) {}

void NationalWire::open_desk(reconciliation::Desk& desk) {
  clerk_.emplace(
      desk, options_.frame_bytes_max,
      [this](const MessageContext& message, const Result<ReconciliationAnswer, Refusal>& answer,
             AnswerSlot& slot) { on_reconciled(message, answer, slot); });
}

// ---- on the way in ----

Incoming NationalWire::begin(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) const {
  Incoming incoming{.text = request.body, .caller = *request.caller, .slot = std::move(slot)};
  incoming.request = &request;
  incoming.message.first_byte_at = request.first_byte_at;
  incoming.message.received_at = clock_.now();
  incoming.message.trace = trace_of(request);
  return incoming;
}

void NationalWire::handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) {
  Incoming incoming = begin(request, std::move(slot));
  if (!is_wire_path(request.target))
    return turn_away(incoming.message, {{Reason::kNotFound, "", {}, {}}, kHttpNotFound},
                     *incoming.slot);
  if (request.method != "POST")
    return turn_away(incoming.message, {{Reason::kField, "只接受POST", {}, {}}, kHttpWrongMethod},
                     *incoming.slot);
  take(std::move(incoming));
}

void NationalWire::handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) {
  Incoming incoming{.text = request.payload, .caller = *request.caller, .slot = std::move(slot)};
  incoming.message.transport = Transport::kTcp;
  incoming.message.first_byte_at = request.first_byte_at;
  incoming.message.received_at = clock_.now();
  take(std::move(incoming));
}

std::unique_ptr<BodySink> NationalWire::begin_upload(const HttpRequest& head) {
  return FileUpload::begin(
      head.target, options_.frame_bytes_max,
      [this](const HttpRequest& request, UploadScan& scan, std::string_view body_digest,
             std::unique_ptr<AnswerSlot> slot) {
        take_upload(request, scan, body_digest, std::move(slot));
      },
      auth::body_hash_kind(head));
}

// What is left of the message is a message like any other.
void NationalWire::take_upload(const HttpRequest& request, UploadScan& scan,
                               std::string_view body_digest, std::unique_ptr<AnswerSlot> slot) {
  std::string text = scan.rest();
  const std::size_t size = text.size();
  text.append(kReadablePadding, '\0');
  Incoming incoming = begin(request, std::move(slot));
  incoming.text = std::string_view{text}.substr(0, size);
  incoming.body_digest = body_digest;
  if (!scan.file_is_whole())
    return turn_away(
        incoming.message,
        {json::wrong_field("input.fsUploadIn", "in", "应为一个字节数组，每个数-128至255")},
        *incoming.slot);
  StreamedFile file = scan.take_file();
  incoming.streamed_file = &file;
  take(std::move(incoming));
}

void NationalWire::take(Incoming incoming) {
  MessageContext& message = incoming.message;
  message.read_at = steady_clock::now();
  Asked asked;
  const auto turned = intake_.read(incoming, asked);
  message.parsed_at = steady_clock::now();
  metrics_.stage(Stage::kParse, seconds_between(message.read_at, message.parsed_at));
  if (turned) return turn_away(message, *turned, *incoming.slot);
  if (std::holds_alternative<std::monostate>(asked))
    return sign_in_or_out(message, incoming.caller, *incoming.slot);
  HeldMessage ready{std::move(message), std::move(asked), std::move(incoming.slot)};
  if (incoming.check.public_key.empty()) return pass_on(std::move(ready));
  verify(std::move(incoming.check), std::move(ready));
}

// ---- signed messages wait for their verdict; what passes goes on in the order of arrival ----

void NationalWire::verify(auth::SignatureCheck check, HeldMessage&& ready) {
  check.message = hold(*this, std::move(ready));
  if (desk_.try_take(check)) return;
  metrics_.shed(ShedCause::kInstitution);
  const HeldMessage held = take_back(std::move(check.message));
  turn_away(held.message, {{Reason::kBusy, "待验签报文过多", {}, {}}}, *held.slot);
}

void NationalWire::on_verdict(HeldMessage held, bool good) {
  if (good) return pass_on(std::move(held));
  Turned turned{{Reason::kUnauthenticated, "cainfo 不是该机构对本报文的SM2签名", {}, {}},
                kHttpUnauthenticated,
                "gongji-sm2"};
  turned.wordless = held.message.transport == Transport::kTcp;
  turn_away(held.message, turned, *held.slot);
}

// ---- to whoever decides ----

void NationalWire::pass_on(HeldMessage&& ready) {
  if (std::holds_alternative<Request>(ready.asked)) return submit(std::move(ready));
  reconcile(std::move(ready));
}

void NationalWire::submit(HeldMessage&& ready) {
  if (options_.traffic != nullptr) options_.traffic->waiting_began(ready.message.first_byte_at);
  service_.submit(std::get<Request>(std::move(ready.asked)),
                  make_ticket(*this, std::move(ready.message), std::move(ready.slot)));
}

// 3201, 3202, 9101 and 9102 are answered by the desk instead of a household.
void NationalWire::reconcile(HeldMessage&& ready) {
  if (!clerk_) return turn_away(ready.message, {{Reason::kBusy, "", {}, {}}}, *ready.slot);
  clerk_->take(std::get<reconciliation::Order>(std::move(ready.asked)), std::move(ready.message),
               std::move(ready.slot));
}

// ---- on the way out ----

void NationalWire::turn_away(const MessageContext& message, const Turned& turned,
                             AnswerSlot& slot) {
  dispatch_.answer_turned(message, renderer_.render_refusal(message, turned.refusal), turned, slot);
}

void NationalWire::sign_in_or_out(const MessageContext& message, Caller& caller, AnswerSlot& slot) {
  const bool signs_in = message.transaction->kind == TransactionKind::kSignIn;
  if (!signs_in) caller.bound_institution.clear();
  dispatch_.answer(
      message, signs_in ? renderer_.render_sign_in(message) : renderer_.render_sign_out(message),
      slot);
}

void NationalWire::on_reconciled(const MessageContext& message,
                                 const Result<ReconciliationAnswer, Refusal>& answer,
                                 AnswerSlot& slot) {
  if (!answer)
    return dispatch_.answer(message, renderer_.render_refusal(message, answer.error()), slot);
  RenderedAnswer rendered = renderer_.render_output(message, answer->output);
  if (answer->file != nullptr) {
    rendered.answer.content_type = "application/octet-stream";
    rendered.answer.body = answer->file->bytes;
    rendered.answer.headers.emplace_back("Content-Disposition",
                                         content_disposition(answer->file->file.name));
  }
  dispatch_.answer(message, std::move(rendered), slot);
}

void NationalWire::on_reply(const MessageContext& message, const Reply& reply, AnswerSlot& slot) {
  const auto start = steady_clock::now();
  RenderedAnswer rendered = renderer_.render(message, reply);
  metrics_.stage(Stage::kReply, seconds_between(start, steady_clock::now()));
  const auto* recorded = std::get_if<Recorded>(&reply);
  if (recorded != nullptr && !recorded->replayed) dispatch_.count_first_decision(*recorded->record);
  if (options_.traffic != nullptr) options_.traffic->waiting_ended(message.first_byte_at);
  dispatch_.answer(message, std::move(rendered), slot);
}

}  // namespace gongji::gateway::wire
