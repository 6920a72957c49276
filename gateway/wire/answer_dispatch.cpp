#include "gateway/wire/answer_dispatch.hpp"

#include <utility>

namespace gongji::gateway::wire {
namespace {

constexpr std::string_view kOtherInfno = "other";  // what metrics call an infno we do not know

std::string_view operation_of(const MessageContext& message) {
  return message.transaction == nullptr ? kOtherInfno : message.transaction->infno;
}

// Whose message it was, when that is sure: an area is known of registered senders alone.
std::string_view proved_sender(const MessageContext& message, Reason reason) {
  const bool proved =
      !message.area.empty() && reason != Reason::kForbidden && reason != Reason::kUnauthenticated;
  return proved ? std::string_view{message.key.institution.text()} : std::string_view{};
}

}  // namespace

void AnswerDispatch::answer(const MessageContext& message, RenderedAnswer rendered,
                            AnswerSlot& slot) {
  slot.answer(std::move(rendered.answer));
  if (rendered.outcome == TransactionOutcome::kRefused) metrics_.refusal(rendered.reason);
  const auto now = std::chrono::steady_clock::now();
  const double seconds = std::chrono::duration<double>(now - message.first_byte_at).count();
  metrics_.transaction(operation_of(message), rendered.outcome, seconds);
  if (traffic_ != nullptr)
    traffic_->institution(proved_sender(message, rendered.reason), rendered.outcome, seconds);
  if (log_.wants(rendered.outcome, now - message.first_byte_at)) tell(message, rendered, now);
}

void AnswerDispatch::answer_turned(const MessageContext& message, RenderedAnswer rendered,
                                   const Turned& turned, AnswerSlot& slot) {
  Answer& answer_bytes = rendered.answer;
  answer_bytes.close = turned.close;
  answer_bytes.wordless = turned.wordless;
  if (message.transport == Transport::kHttp) {
    if (turned.http_status != kHttpAnswered) answer_bytes.http_status = turned.http_status;
    if (!turned.challenge.empty())
      answer_bytes.headers.emplace_back("WWW-Authenticate", turned.challenge);
    if (turned.http_status == kHttpWrongMethod) answer_bytes.headers.emplace_back("Allow", "POST");
  }
  answer(message, std::move(rendered), slot);
}

void AnswerDispatch::count_first_decision(const JournalRecord& record) {
  const auto* settled = record.event<Settled>();
  const auto* asked = std::get_if<SettleCommand>(&record.command);
  if (settled == nullptr || asked == nullptr) return;
  const Split split = settled->split();
  const Fen part = asked->parts.person_part();
  const Channel channel = asked->place.channel;
  const Fen own = split.own + settled->current_year_taken;
  metrics_.paid(PaidFrom::kOwn, channel, own);
  metrics_.paid(PaidFrom::kFamily, channel, split.family);
  metrics_.paid(PaidFrom::kCash, channel, part - own - split.family);
  if (settled->zero_reason != Reason::kNone) metrics_.zero_share(settled->zero_reason);
}

void AnswerDispatch::tell(const MessageContext& message, const RenderedAnswer& rendered,
                          HopTimes::Moment answered_at) {
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
