// Hop 2 of 8: the wire. A message becomes a valid request, or a refusal that names what is wrong:
// one JSON document, its envelope, who sent it, its business input. What passes here is submitted
// with a ticket. The answer comes back through on_reply() and is rendered by answer_renderer.cpp,
// hop 8. Next hop: actors/directory.hpp.
#include "gateway/wire/national_wire.hpp"

#include <algorithm>
#include <utility>

#include "gateway/json/fields.hpp"
#include "gateway/wire/digest.hpp"
#include "gateway/wire/file_upload.hpp"
#include "gateway/wire/reconciliation_reader.hpp"
#include "gateway/wire/reconciliation_writer.hpp"
#include "gateway/wire/sign_in_reader.hpp"
#include "gateway/wire/signed_text.hpp"

namespace gongji::gateway::wire {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::string_view kUploadInfno = "9101";
constexpr std::string_view kOtherInfno = "other";  // what metrics call an infno we do not know
constexpr unsigned kAnswered = 200;
constexpr unsigned kMalformed = 400;
constexpr unsigned kUnauthenticated = 401;
constexpr unsigned kNotFound = 404;
constexpr unsigned kWrongMethod = 405;

double seconds_between(SteadyTime start, SteadyTime end) {
  return std::chrono::duration<double>(end - start).count();
}
double seconds_since(SteadyTime start) {
  return seconds_between(start, std::chrono::steady_clock::now());
}
std::string_view operation_of(const MessageContext& message) {
  return message.transaction == nullptr ? kOtherInfno : message.transaction->infno;
}

// /fsi/api, /fsi/api/{infno}, /fsi/api/{service}/{method}: one dispatcher; the body's infno
// decides.
bool is_wire_path(std::string_view target) {
  constexpr std::string_view kRoot = "/fsi/api";
  constexpr unsigned kSegmentsMax = 2;
  const std::string_view path = target.substr(0, target.find('?'));
  if (!path.starts_with(kRoot)) return false;
  unsigned segments = 0;
  for (std::string_view rest = path.substr(kRoot.size()); !rest.empty();) {
    if (rest[0] != '/' || segments++ == kSegmentsMax) return rest == "/";
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find('/'), rest.size()));
  }
  return true;
}

bool is_remembered(const Transaction& transaction) {
  return transaction.kind != TransactionKind::kQuery;
}

// Settlements and quotes, as sent: their answers need it.
std::optional<SettleCommand> bill_in(const Ask& ask) {
  if (const auto* settle = std::get_if<SettleCommand>(&ask)) return *settle;
  if (const auto* quote = std::get_if<QuoteQuery>(&ask)) return quote->settle;
  return std::nullopt;
}

std::string_view channel_name(Channel kind) {
  return kind == Channel::kPharmacy ? "pharmacy" : "hospital";
}

// Whose message it was, when that is sure: an area is known of registered senders alone.
std::string_view proved_sender(const MessageContext& message, Reason reason) {
  const bool proved =
      !message.area.empty() && reason != Reason::kForbidden && reason != Reason::kUnauthenticated;
  return proved ? std::string_view{message.key.institution.text()} : std::string_view{};
}

void count_first_decision(Metrics& metrics, const JournalRecord& record) {
  const auto* settled = record.event<Settled>();
  const auto* asked = std::get_if<SettleCommand>(&record.command);
  if (settled == nullptr || asked == nullptr) return;
  const Split split = settled->split();
  const Fen part = asked->parts.person_part();
  const Channel channel = asked->place.channel;
  const Fen own = split.own + settled->current_year_taken;
  metrics.paid(PaidFrom::kOwn, channel, own);
  metrics.paid(PaidFrom::kFamily, channel, split.family);
  metrics.paid(PaidFrom::kCash, channel, part - own - split.family);
  if (settled->zero_reason != Reason::kNone) metrics.zero_share(settled->zero_reason);
}

}  // namespace

struct NationalWire::Incoming {
  std::string_view text;
  Caller& caller;
  std::unique_ptr<AnswerSlot> slot;
  MessageContext message;
  const HttpRequest* request = nullptr;                 // null over TCP
  auth::SignatureCheck check{};                         // of institutions that sign what they send
  const json::JsonNode* root = nullptr;                 // lives until the next message is read
  reconciliation::ByteBlocks* streamed_file = nullptr;  // taken out of the message on its way
  std::string_view body_digest{};                       // of a streamed body, in hex
};

struct NationalWire::Turned {
  Refusal refusal;
  unsigned http_status = kAnswered;
  std::string challenge{};  // WWW-Authenticate
  bool close = false;       // TCP only, after the answer
  bool wordless = false;    // TCP only, instead of an answer
};

NationalWire::NationalWire(SettlementService& service, const PolicySource& policies,
                           const Clock& clock, Metrics& metrics, const QuoteKey& quote_key,
                           WireOptions options)
    : service_(service),
      policies_(policies),
      clock_(clock),
      metrics_(metrics),
      quote_key_(quote_key),
      options_(options),
      callers_(clock, options.replay),
      limits_(options.institutions, metrics),
      desk_(options.signatures_waiting_max),
      log_(options.slow_ms),
      renderer_(clock, quote_key, options.retry_after_s) {}

void NationalWire::handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) {
  Incoming incoming{request.body, *request.caller, std::move(slot), {}, &request};
  incoming.message.first_byte_at = request.first_byte_at;
  incoming.message.received_at = clock_.now();
  incoming.message.trace = trace_of(request);
  if (!is_wire_path(request.target))
    return answer_turned(incoming.message, {{Reason::kNotFound, "", {}, {}}, kNotFound, {}},
                         *incoming.slot);
  if (request.method != "POST")
    return answer_turned(incoming.message,
                         {{Reason::kField, "只接受POST", {}, {}}, kWrongMethod, {}},
                         *incoming.slot);
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
  Incoming incoming{
      std::string_view{text}.substr(0, size), *request.caller, std::move(slot), {}, &request};
  incoming.body_digest = body_digest;
  incoming.message.first_byte_at = request.first_byte_at;
  incoming.message.received_at = clock_.now();
  incoming.message.trace = trace_of(request);
  if (!scan.file_is_whole())
    return answer_turned(
        incoming.message,
        {json::wrong_field("input.fsUploadIn", "in", "应为一个字节数组，每个数-128至255"),
         kAnswered,
         {}},
        *incoming.slot);
  reconciliation::ByteBlocks file = scan.take_file();
  incoming.streamed_file = &file;
  take(std::move(incoming));
}

void NationalWire::handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) {
  Incoming incoming{request.payload, *request.caller, std::move(slot), {}};
  incoming.message.transport = Transport::kTcp;
  incoming.message.first_byte_at = request.first_byte_at;
  incoming.message.received_at = clock_.now();
  take(std::move(incoming));
}

void NationalWire::take(Incoming incoming) {
  MessageContext& message = incoming.message;
  message.read_at = std::chrono::steady_clock::now();
  Request request;
  const auto turned = read(incoming, request);
  message.parsed_at = std::chrono::steady_clock::now();
  metrics_.stage(Stage::kParse, seconds_between(message.read_at, message.parsed_at));
  if (turned) return answer_turned(incoming.message, *turned, *incoming.slot);
  if (is_reconciliation(incoming.message.transaction->infno)) return reconcile(std::move(incoming));
  if (incoming.message.transaction->read == nullptr) return answer_sign_in_or_out(incoming);
  if (!incoming.check.public_key.empty()) return verify(std::move(incoming), std::move(request));
  submit({std::move(incoming.message), std::move(request), std::move(incoming.slot)});
}

void NationalWire::submit(HeldMessage ready) {
  if (options_.traffic != nullptr) options_.traffic->waiting_began(ready.message.first_byte_at);
  service_.submit(std::move(ready.request),
                  make_ticket(*this, std::move(ready.message), std::move(ready.slot)));
}

// What passes is submitted in the order of arrival, as everything else.
void NationalWire::verify(Incoming incoming, Request request) {
  auth::SignatureCheck check = std::move(incoming.check);
  check.message =
      hold(*this, {std::move(incoming.message), std::move(request), std::move(incoming.slot)});
  if (desk_.try_take(check)) return;
  metrics_.shed(ShedCause::kInstitution);
  HeldMessage held = take_back(std::move(check.message));
  answer_turned(held.message, Turned{{Reason::kBusy, "待验签报文过多", {}, {}}}, *held.slot);
}

void NationalWire::on_verdict(HeldMessage held, bool good) {
  if (good) return submit(std::move(held));
  Turned turned{{Reason::kUnauthenticated, "cainfo 不是该机构对本报文的SM2签名", {}, {}},
                kUnauthenticated,
                "gongji-sm2"};
  turned.wordless = held.message.transport == Transport::kTcp;
  answer_turned(held.message, turned, *held.slot);
}

std::optional<NationalWire::Turned> NationalWire::read(Incoming& incoming, Request& request) {
  MessageContext& message = incoming.message;
  message.policy = policies_.current();
  const json::JsonNode* root = read_message(incoming.text);
  if (root == nullptr)
    return Turned{{Reason::kField, "报文不是一个完整的JSON对象", {}, {}}, kMalformed, {}};
  incoming.root = root;
  const auto envelope = read_envelope(*root);
  if (!envelope) return Turned{envelope.error(), kAnswered, {}};
  message.transaction = find_transaction(envelope->infno);
  message.key = {InstitutionCode{envelope->fixmedins_code}, std::string{envelope->infno},
                 std::string{envelope->msgid}};
  const Institution* institution = message.policy->institutions.find(envelope->fixmedins_code);
  if (institution == nullptr)
    return Turned{{Reason::kForbidden,
                   "fixmedins_code " + message.key.institution.text() + " 未登记",
                   {},
                   {}},
                  kAnswered,
                  {}};
  message.area = institution->area;
  message.infcode_as_string = institution->infcode_as_string;
  message.refd_setl_flag_digits = institution->refd_setl_flag_digits;
  auto turned = incoming.request != nullptr ? admit_request(incoming, *institution)
                                            : admit_frame(incoming, *institution, *root);
  if (turned) return turned;
  auto place = limits_.try_enter(*institution, std::chrono::steady_clock::now());
  if (!place) return Turned{{Reason::kBusy, "本机构报文过多", {}, {}}};
  message.place = std::move(*place);
  if (message.transaction == nullptr)
    return Turned{{Reason::kUnknownInfno, "infno " + message.key.infno, {}, {}}, kAnswered, {}};
  const bool streamed = incoming.streamed_file != nullptr;
  if (streamed && message.transaction->infno != kUploadInfno)
    return Turned{{Reason::kField, "报文过长", {}, {}}, kAnswered, {}};
  request.origin.operator_id = envelope->opter;
  if (message.transaction->read == nullptr) return std::nullopt;
  return read_business(incoming, *envelope, *root, *institution, request);
}

// Who sends must be registered, must prove it, and speaks for itself alone. Over HTTP every message
// brings its proof.
std::optional<NationalWire::Turned> NationalWire::admit_request(const Incoming& incoming,
                                                                const Institution& institution) {
  auto refusal = callers_.prove_request(institution, *incoming.request, incoming.body_digest);
  if (!refusal) return std::nullopt;
  if (refusal->reason != Reason::kUnauthenticated) return Turned{*std::move(refusal)};
  return Turned{*std::move(refusal), kUnauthenticated, auth::challenge(institution.proof)};
}

// A TCP connection proves it once, with 9001 as its first frame, and is bound to that institution
// from then on, until 9002 or until its credentials change. A proof that fails ends the connection
// without a word.
std::optional<NationalWire::Turned> NationalWire::admit_frame(const Incoming& incoming,
                                                              const Institution& institution,
                                                              const json::JsonNode& root) {
  Caller& caller = incoming.caller;
  const std::string& code = institution.code.text();
  const Transaction* transaction = incoming.message.transaction;
  if (!caller.bound_institution.empty() && caller.bound_institution != code)
    return Turned{
        {Reason::kForbidden, "fixmedins_code " + code + " 与本连接签到的机构不符", {}, {}}};
  if (transaction != nullptr && transaction->kind == TransactionKind::kSignIn)
    return sign_in(caller, institution, root);
  Turned unproven{{Reason::kUnauthenticated, "TCP连接的首个报文须为9001签到", {}, {}}};
  if (caller.bound_institution.empty()) {
    unproven.close = institution.proof == Proof::kNone;
    unproven.wordless = !unproven.close;
    return unproven;
  }
  if (caller.bound_stamp == institution.proof_stamp) return std::nullopt;
  unproven.wordless = true;
  return unproven;
}

std::optional<NationalWire::Turned> NationalWire::sign_in(Caller& caller,
                                                          const Institution& institution,
                                                          const json::JsonNode& root) {
  if (auto refusal = callers_.prove_sign_in(institution, caller, read_sign_in_evidence(root))) {
    const bool failed = refusal->reason == Reason::kUnauthenticated;
    return Turned{.refusal = *std::move(refusal), .wordless = failed};
  }
  caller.bound_institution = institution.code.text();
  caller.bound_stamp = institution.proof_stamp;
  return std::nullopt;
}

std::optional<NationalWire::Turned> NationalWire::read_business(Incoming& incoming,
                                                                const Envelope& envelope,
                                                                const json::JsonNode& root,
                                                                const Institution& institution,
                                                                Request& request) const {
  MessageContext& message = incoming.message;
  const auto input = read_input(root);
  if (!input) return Turned{input.error(), kAnswered, {}};
  const Transaction& transaction = *message.transaction;
  auto reading = transaction.read({institution, transaction.infno, **input, quote_key_});
  if (!reading) return Turned{reading.error(), kAnswered, {}};
  message.bill = bill_in(reading->ask);
  message.business_input = reading->business_input;
  if (is_remembered(transaction)) {
    request.key_hash = message_key_hash(message.key);
    request.origin.digest = sha256(reading->business_input);
    request.origin.business_input = std::move(reading->business_input);
  }
  request.origin.key = message.key;
  request.origin.received_at = message.received_at;
  request.origin.channel = channel_name(institution.kind);
  request.business_hash = reading->business_hash;
  request.duplicate_window = reading->duplicate_window;
  request.ask = std::move(reading->ask);
  request.deadline = message.first_byte_at + options_.deadline_ms;
  if (!institution.sm2_public_key.empty())
    incoming.check = {institution.sm2_public_key, signed_text(envelope, **input),
                      read_signature(root), nullptr};
  return std::nullopt;
}

void NationalWire::answer_turned(const MessageContext& message, const Turned& turned,
                                 AnswerSlot& slot) {
  RenderedAnswer rendered = renderer_.render_refusal(message, turned.refusal);
  rendered.answer.close = turned.close;
  rendered.answer.wordless = turned.wordless;
  if (message.transport == Transport::kHttp) {
    if (turned.http_status != kAnswered) rendered.answer.http_status = turned.http_status;
    if (!turned.challenge.empty())
      rendered.answer.headers.emplace_back("WWW-Authenticate", turned.challenge);
    if (turned.http_status == kWrongMethod) rendered.answer.headers.emplace_back("Allow", "POST");
  }
  finish(message, std::move(rendered), slot);
}

void NationalWire::answer_sign_in_or_out(const Incoming& incoming) {
  const MessageContext& message = incoming.message;
  const bool signs_in = message.transaction->kind == TransactionKind::kSignIn;
  if (!signs_in) incoming.caller.bound_institution.clear();
  finish(message, signs_in ? renderer_.render_sign_in(message) : renderer_.render_sign_out(message),
         *incoming.slot);
}

// ---- 3201, 3202, 9101 and 9102: answered by the desk instead of a household ----

void NationalWire::open_desk(reconciliation::Desk& desk) {
  clerk_.emplace(
      desk, options_.frame_bytes_max,
      [this](const MessageContext& message, const Result<ReconciliationAnswer, Refusal>& answer,
             AnswerSlot& slot) { on_reconciled(message, answer, slot); });
}

void NationalWire::reconcile(Incoming incoming) {
  const auto input = read_input(*incoming.root);
  if (!input)
    return answer_turned(incoming.message, {input.error(), kAnswered, {}}, *incoming.slot);
  const MessageContext& message = incoming.message;
  auto order = read_reconciliation(
      {*message.policy->institutions.find(message.key.institution.text()), message.policy,
       message.transaction->infno, **input, incoming.streamed_file});
  if (!order)
    return answer_turned(incoming.message, {order.error(), kAnswered, {}}, *incoming.slot);
  if (!clerk_)
    return answer_turned(incoming.message, {{Reason::kBusy, "", {}, {}}, kAnswered, {}},
                         *incoming.slot);
  clerk_->take(std::move(order).value(), std::move(incoming.message), std::move(incoming.slot));
}

void NationalWire::on_reconciled(const MessageContext& message,
                                 const Result<ReconciliationAnswer, Refusal>& answer,
                                 AnswerSlot& slot) {
  if (!answer) return finish(message, renderer_.render_refusal(message, answer.error()), slot);
  RenderedAnswer rendered = renderer_.render_output(message, answer->output);
  if (answer->file != nullptr) {
    rendered.answer.content_type = "application/octet-stream";
    rendered.answer.body = answer->file->bytes;
    rendered.answer.headers.emplace_back("Content-Disposition",
                                         content_disposition(answer->file->file.name));
  }
  finish(message, std::move(rendered), slot);
}

void NationalWire::on_reply(const MessageContext& message, const Reply& reply, AnswerSlot& slot) {
  const SteadyTime start = std::chrono::steady_clock::now();
  RenderedAnswer rendered = renderer_.render(message, reply);
  metrics_.stage(Stage::kReply, seconds_since(start));
  const auto* recorded = std::get_if<Recorded>(&reply);
  if (recorded != nullptr && !recorded->replayed) count_first_decision(metrics_, *recorded->record);
  if (options_.traffic != nullptr) options_.traffic->waiting_ended(message.first_byte_at);
  finish(message, std::move(rendered), slot);
}

void NationalWire::finish(const MessageContext& message, RenderedAnswer rendered,
                          AnswerSlot& slot) {
  slot.answer(std::move(rendered.answer));
  if (rendered.outcome == TransactionOutcome::kRefused) metrics_.refusal(rendered.reason);
  const SteadyTime now = std::chrono::steady_clock::now();
  const double seconds = seconds_between(message.first_byte_at, now);
  metrics_.transaction(operation_of(message), rendered.outcome, seconds);
  if (options_.traffic != nullptr)
    options_.traffic->institution(proved_sender(message, rendered.reason), rendered.outcome,
                                  seconds);
  if (log_.wants(rendered.outcome, now - message.first_byte_at)) tell(message, rendered, now);
}

void NationalWire::tell(const MessageContext& message, const RenderedAnswer& rendered,
                        SteadyTime answered_at) {
  MessageStory story;
  story.trace = message.trace;
  story.transport = message.transport;
  story.operation = operation_of(message);
  story.outcome = rendered.outcome;
  story.institution = proved_sender(message, rendered.reason);
  story.record = rendered.record;
  story.first_byte_at = message.first_byte_at;
  story.read_at = message.read_at;
  story.parsed_at = message.parsed_at;
  story.hops = message.hops;
  story.answered_at = answered_at;
  log_.tell(story);
}

}  // namespace gongji::gateway::wire
