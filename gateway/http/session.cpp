// Hop 1 of 8: bytes in. The size and framing of each request are checked, its deadline starts with
// its first byte, and it takes an admission token or is refused at once.
// Next hop: gateway/wire/national_wire.cpp.
#include "gateway/http/session.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "gateway/http/framing_guard.hpp"

namespace gongji::gateway {
namespace {

constexpr std::string_view kBodyTooLong = "the body is longer than allowed";

Answer stand_in(const StandIns& texts, unsigned status, std::string body) {
  Answer answer;
  answer.http_status = status;
  answer.content_type = texts.content_type;
  answer.body = std::move(body);
  return answer;
}

}  // namespace

HttpSession::HttpSession(Socket socket, TransportContext& context, const Router& router)
    : Connection(std::move(socket), context),
      router_(router),
      head_scan_({context.options.head_bytes_max, context.options.head_fields_max}),
      answers_(context.metrics) {
  head_.request.caller = caller();
}

// ---- from bytes to requests; those that give a bool say false when more bytes are needed ----

void HttpSession::take_messages() {
  while (may_take() && (body_awaited_ ? take_body() : take_head())) {
  }
}

bool HttpSession::take_head() {
  const std::string_view bytes = input();
  if (bytes.empty()) return false;
  if (phase() == Phase::kIdle) {
    begin_phase(Phase::kHead);
    first_byte_at_ = last_read_at();
  }
  const HeadScan::Verdict verdict = head_scan_.look(bytes);
  if (!verdict.broken_rule.empty()) {
    head_.clear();
    route_ = {};
    reject(400, verdict.broken_rule);
    return false;
  }
  if (verdict.head_bytes == 0) return false;
  head_scan_.restart();
  take_whole_head(bytes.substr(0, verdict.head_bytes));
  return true;
}

void HttpSession::take_whole_head(std::string_view bytes) {
  route_ = {};
  const std::string malformed = parse_request_head(bytes, head_);
  if (!malformed.empty()) return reject(400, malformed);
  const std::string_view broken_rule = broken_framing_rule(head_);
  if (!broken_rule.empty()) return reject(400, broken_rule);
  route_ = router_.match(head_.request.method, head_.path());
  if (head_.content_length > body_bytes_max()) return reject(413, kBodyTooLong);

  const std::string_view rest = input().substr(bytes.size());
  const bool streamed = takes_streams() && head_.content_length > context().options.frame_bytes_max;
  if (head_.chunked || streamed || rest.size() < head_.content_length) return set_head_aside(bytes);
  const std::size_t message_bytes = bytes.size() + head_.content_length;
  dispatch(rest.substr(0, head_.content_length));
  consume(message_bytes);
}

// The body is still on its way and the buffer will move, so the head is copied and parsed again
// where it stays: cheaper than keeping the views of every request movable.
void HttpSession::set_head_aside(std::string_view bytes) {
  head_aside_.assign(bytes);
  consume(bytes.size());
  (void)parse_request_head(head_aside_, head_);  // the same bytes: cannot fail any more
  const bool body_is_held_back = head_.expects_continue() && input().empty();
  if (!route_.method_allowed && body_is_held_back) return refuse_route(true);
  const bool large = head_.content_length > context().options.frame_bytes_max;
  if (large && !upload_.acquire(admission())) return refuse_busy(ShedCause::kGlobal, true);
  if (large && takes_streams() && !begin_streaming()) return reject(413, kBodyTooLong);
  await_body();
  if (body_is_held_back) say_continue();
}

void HttpSession::await_body() {
  body_awaited_ = true;
  chunked_.restart();
  chunked_bytes_max_ = std::min(body_bytes_max(), context().options.frame_bytes_max);
  begin_phase(takes_uploads() || sink_ != nullptr ? Phase::kUpload : Phase::kBody);
}

bool HttpSession::takes_uploads() const { return route_.route != nullptr && route_.route->upload; }

bool HttpSession::takes_streams() const {
  return route_.route != nullptr && route_.route->streamed != nullptr;
}

bool HttpSession::take_body() {
  if (head_.chunked) return take_chunked_body();
  return sink_ == nullptr ? take_sized_body() : take_streamed_body();
}

bool HttpSession::take_sized_body() {
  const std::size_t size = head_.content_length;
  if (input().size() < size) return false;
  dispatch(input().substr(0, size));
  consume(size);
  return true;
}

// ---- bodies that are handed on as they arrive ----

bool HttpSession::begin_streaming() {
  sink_ = route_.route->streamed->begin_upload(head_.request);
  streamed_bytes_ = 0;
  return sink_ != nullptr;
}

bool HttpSession::stream(std::string_view piece) {
  streamed_bytes_ += piece.size();
  if (sink_->take(piece)) return true;
  reject(413, kBodyTooLong);
  return false;
}

bool HttpSession::take_streamed_body() {
  const std::string_view piece = input().substr(0, head_.content_length - streamed_bytes_);
  if (piece.empty() || !stream(piece)) return false;
  consume(piece.size());
  if (streamed_bytes_ < head_.content_length) return false;
  dispatch({});
  return true;
}

// ---- bodies in chunks ----

bool HttpSession::take_chunked_body() {
  const ChunkedBody::Step step = chunked_.take(input(), chunked_bytes_max_);
  consume(step.taken);
  if (sink_ != nullptr && !stream_chunks()) return false;
  switch (step.state) {
    case ChunkedBody::State::kMore: return false;
    case ChunkedBody::State::kTooLong: return may_grow_body();
    case ChunkedBody::State::kBroken: reject(400, step.broken_rule); return false;
    case ChunkedBody::State::kWhole: break;
  }
  std::string& body = chunked_.body();
  const std::size_t size = body.size();  // 0 when it was streamed
  body.append(kReadablePadding, '\0');
  dispatch(std::string_view(body).substr(0, size));
  chunked_.restart();
  return true;
}

// A chunked body tells its size only by growing; above frame_bytes_max it needs a permit.
bool HttpSession::may_grow_body() {
  if (chunked_bytes_max_ == body_bytes_max()) {
    reject(413, kBodyTooLong);
    return false;
  }
  if (!upload_.acquire(admission())) {
    refuse_busy(ShedCause::kGlobal, true);
    return false;
  }
  chunked_bytes_max_ = body_bytes_max();
  if (!takes_streams()) return true;
  if (!begin_streaming()) {
    reject(413, kBodyTooLong);
    return false;
  }
  begin_phase(Phase::kUpload);
  return stream_chunks();
}

// What the chunks brought so far goes on; the limit holds for all of it together.
bool HttpSession::stream_chunks() {
  std::string& body = chunked_.body();
  if (!stream(body)) return false;
  chunked_bytes_max_ -= body.size();
  body.clear();
  return true;
}

// A whole request is there.
void HttpSession::dispatch(std::string_view body) {
  head_.request.body = body;
  head_.request.first_byte_at = first_byte_at_;
  body_awaited_ = false;
  begin_phase(Phase::kIdle);
  context().metrics.frame(Transport::kHttp);
  if (route_.method_allowed) {
    hand_over();
  } else {
    refuse_route(false);
  }
  upload_.release();
  sink_.reset();
}

void HttpSession::hand_over() {
  auto admitted = admission().try_enter();
  if (!admitted) return refuse_busy(admitted.error(), false);
  const std::uint64_t message = push_place();
  auto slot = std::make_unique<SessionSlot>(anchor(), message, std::move(admitted).value());
  try {
    if (sink_ != nullptr) {
      sink_->finish(head_.request, std::move(slot));
    } else {
      route_.route->handler->handle(head_.request, std::move(slot));
    }
  } catch (const std::exception& fault) {  // the slot went with it and will answer "unknown"
    context().mailbox->report_fault(fault.what());
  }
}

std::size_t HttpSession::body_bytes_max() const {
  const GatewayOptions& options = context().options;
  const bool upload = takes_uploads() || takes_streams();
  return upload ? options.upload_bytes_max : options.frame_bytes_max;
}

const StandIns& HttpSession::stand_ins() const {
  return route_.route != nullptr ? route_.route->stand_ins : router_.stand_ins();
}

// ---- answers we give ourselves ----

// The rest of the input cannot be trusted or will not be read: this is the last answer.
void HttpSession::reject(unsigned status, std::string_view sentence) {
  Answer answer = stand_in(stand_ins(), status, stand_ins().rejected(status, sentence));
  answer.close = true;
  answer_now(std::move(answer));
}

void HttpSession::refuse_route(bool close) {
  const bool known = route_.route != nullptr;
  const unsigned status = known ? 405 : 404;
  const std::string_view sentence = known ? "this method is not allowed here" : "unknown path";
  Answer answer = stand_in(stand_ins(), status, stand_ins().rejected(status, sentence));
  if (known) answer.headers.emplace_back("Allow", route_.route->allow);
  answer.close = close;
  answer_now(std::move(answer));
}

void HttpSession::refuse_busy(ShedCause cause, bool close) {
  Answer answer = stand_in(stand_ins(), 503, stand_ins().busy(cause, kRetryAfterSeconds));
  answer.headers.emplace_back("Retry-After", std::to_string(kRetryAfterSeconds));
  answer.close = close;
  answer_now(std::move(answer));
}

void HttpSession::say_continue() {
  begin_message();
  answers_.push_interim();
  put_out_ready();
}

void HttpSession::answer_now(Answer answer) {
  if (answer.close) end_input();
  answers_.fulfil(push_place(), std::move(answer), {});
  put_out_ready();
}

// ---- answers in order ----

std::uint64_t HttpSession::push_place() {
  begin_message();
  const bool close = !head_.keep_alive || head_.version == 10;
  if (close) end_input();
  return answers_.push({&stand_ins(), close, head_.request.method == "HEAD"});
}

void HttpSession::answer(std::uint64_t message, Answer answer, AdmissionToken token) {
  answers_.fulfil(message, std::move(answer), std::move(token));
  put_out_ready();
}

void HttpSession::abandon(std::uint64_t message, AdmissionToken token) {
  const auto* place = answers_.find(message);
  if (place == nullptr) return;
  const StandIns& texts = *place->stand_ins;
  answer(message, stand_in(texts, texts.unknown_status, texts.unknown()), std::move(token));
}

void HttpSession::put_out_ready() {
  const bool last_closes = context().draining || context().sending_away;
  AnswerQueue::PutOut done = answers_.put_out(output(), last_closes);
  end_messages(done.messages, std::move(done.tokens));
  forget_messages(done.dropped);
  if (done.ended) end_input();
  flush_soon();
}

}  // namespace gongji::gateway
