#include "gateway/wire/answer_renderer.hpp"

#include <algorithm>
#include <array>

#include "gateway/json/canonical_text.hpp"
#include "gateway/wire/envelope_writer.hpp"
#include "gateway/wire/message_writer.hpp"
#include "gateway/wire/person_writer.hpp"
#include "gateway/wire/record_ids.hpp"
#include "gateway/wire/record_view.hpp"
#include "gateway/wire/settlement_query.hpp"
#include "gateway/wire/settlement_writer.hpp"

namespace gongji::gateway::wire {
namespace {

constexpr std::string_view kEmptyOutput = "{}";

using WriteOutput = std::function<void(json::JsonWriter& out)>;

Refusal key_reused(const MessageContext& message, const JournalRecord& first) {
  const auto difference =
      json::first_difference(first.origin.business_input, message.business_input);
  return {Reason::kIdempotency, "input." + difference.value_or(""), {}, {}};
}

// A business key led to a record of another message (its sender retried under a new id). It answers
// only for the same person and amounts.
std::optional<Refusal> other_bill(const MessageContext& message, const JournalRecord& record) {
  const SettleCommand* first = record.settle_command();
  if (record.origin.key == message.key || first == nullptr || !message.bill) return std::nullopt;
  const auto field = first_bill_difference(*first, *message.bill);
  if (!field) return std::nullopt;
  return Refusal{Reason::kIdempotency, std::string{*field}, {}, {}};
}

}  // namespace

RenderedAnswer AnswerRenderer::render(const MessageContext& message, const Reply& reply) const {
  struct Visitor {
    const AnswerRenderer& self;
    const MessageContext& message;

    RenderedAnswer operator()(const Recorded& recorded) const {
      return self.render_recorded(message, recorded);
    }
    RenderedAnswer operator()(const KeyReused& reused) const {
      return self.render_refusal(message, key_reused(message, *reused.first));
    }
    RenderedAnswer operator()(const Quoted& quoted) const {
      if (!message.bill) return self.render_unknown(message);
      return self.render_output(message, [&](json::JsonWriter& out) {
        write_quote(out, {quoted, *message.bill, message.key, message.business_input,
                          message.policy->profiles, self.quote_key_});
      });
    }
    RenderedAnswer operator()(const PersonFound& found) const {
      return self.render_output(message, [&](json::JsonWriter& out) { write_person(out, found); });
    }
    RenderedAnswer operator()(const MessageFound& found) const {
      return self.render_found(message, found);
    }
    RenderedAnswer operator()(const NotDecided& refused) const {
      return self.render_refusal(message, refused.refusal);
    }
    RenderedAnswer operator()(const OutcomeUnknown&) const { return self.render_unknown(message); }
  };
  return std::visit(Visitor{*this, message}, reply);
}

// 2602 asks what became of a message, 5203 for the settlement itself.
RenderedAnswer AnswerRenderer::render_found(const MessageContext& message,
                                            const MessageFound& found) const {
  const ProfileBook& profiles = message.policy->profiles;
  if (message.transaction->infno != kSettlementQuery)
    return render_output(message, [&](json::JsonWriter& out) {
      write_message_state(out, found, profiles, quote_key_);
    });
  const SettlementAsked asked{message.business_input, message.refd_setl_flag_digits};
  if (!is_settlement_asked(found, asked))
    return render_refusal(message, {Reason::kNoSettlement, "", {}, {}});
  return render_output(
      message, [&](json::JsonWriter& out) { write_found_settlement(out, found, asked, profiles); });
}

RenderedAnswer AnswerRenderer::render_recorded(const MessageContext& message,
                                               const Recorded& recorded) const {
  const JournalRecord& record = *recorded.record;
  const RecordedAnswer stored{record, recorded.original.get(), message.policy->profiles};
  if (auto refusal = other_bill(message, record)) return render_refusal(message, *refusal);
  if (!can_write_output(stored)) return render_unknown(message);
  AnswerEnvelope envelope;
  envelope.infcode_as_string = message.infcode_as_string;
  envelope.inf_refmsgid =
      make_inf_refmsgid(area_of(record, stored.original), record.at, record.sequence.number());
  envelope.received_at = record.origin.received_at;
  envelope.responded_at = record.at;
  RenderedAnswer rendered;
  rendered.outcome = TransactionOutcome::kApplied;
  rendered.record = record.sequence;
  if (const Refusal* refusal = record.refusal()) {
    envelope.infcode = error_entry(refusal->reason).infcode;
    envelope.err_msg = err_msg(refusal->reason, refusal->detail);
    rendered.outcome = TransactionOutcome::kRefused;
    rendered.reason = refusal->reason;
  }
  if (recorded.replayed) rendered.outcome = TransactionOutcome::kReplayed;
  rendered.answer.body = render_envelope(
      envelope, [&](json::JsonWriter& out) { write_recorded_output(out, stored, quote_key_); });
  return rendered;
}

RenderedAnswer AnswerRenderer::render_refusal(const MessageContext& message,
                                              const Refusal& refusal) const {
  const ErrorEntry& entry = error_entry(refusal.reason);
  if (entry.infcode == Infcode::kUnknown) return render_unknown(message);
  AnswerEnvelope envelope = fresh_envelope(message);
  envelope.infcode = entry.infcode;
  envelope.err_msg = err_msg(refusal.reason, refusal.detail);
  RenderedAnswer rendered;
  rendered.outcome = TransactionOutcome::kRefused;
  rendered.reason = refusal.reason;
  std::string output{kEmptyOutput};
  if (entry.retry == Retry::kSameMessage) {
    const std::string seconds = std::to_string(retry_after_s_);
    output = "{\"retry_after\":" + seconds + "}";
    if (message.transport == Transport::kHttp) {
      rendered.answer.http_status = entry.http_status;
      rendered.answer.headers.emplace_back("Retry-After", seconds);
    }
  }
  rendered.answer.body = render_envelope(envelope, output);
  return rendered;
}

RenderedAnswer AnswerRenderer::render_unknown(const MessageContext& message) const {
  AnswerEnvelope envelope = fresh_envelope(message);
  envelope.infcode = Infcode::kUnknown;
  envelope.err_msg = err_msg(Reason::kUnknownOutcome, "");
  return {{.body = render_envelope(envelope, kEmptyOutput), .headers = {}},
          TransactionOutcome::kUnknown,
          Reason::kUnknownOutcome};
}

RenderedAnswer AnswerRenderer::render_output(const MessageContext& message,
                                             std::string_view output) const {
  return {{.body = render_envelope(fresh_envelope(message), output), .headers = {}},
          TransactionOutcome::kApplied,
          Reason::kNone};
}

RenderedAnswer AnswerRenderer::render_output(const MessageContext& message,
                                             const WriteOutput& write) const {
  return {{.body = render_envelope(fresh_envelope(message), write), .headers = {}},
          TransactionOutcome::kApplied,
          Reason::kNone};
}

RenderedAnswer AnswerRenderer::render_sign_in(const MessageContext& message) const {
  const Instant now = clock_.now();
  const std::string sign_no = make_sign_no(now, next_serial());  // numbered before its envelope
  return render_output(message, [&](json::JsonWriter& out) {
    out.begin_object();
    out.begin_object("signinoutb");
    out.text("sign_time", to_civil_text(now));
    out.text("sign_no", sign_no);
    out.end_object();
    out.end_object();
  });
}

RenderedAnswer AnswerRenderer::render_sign_out(const MessageContext& message) const {
  const Instant now = clock_.now();
  return render_output(message, [&](json::JsonWriter& out) {
    out.begin_object();
    out.begin_object("signoutoutb");
    out.text("sign_time", to_civil_text(now));
    out.end_object();
    out.end_object();
  });
}

// The envelope of an answer that no record numbers and times.
AnswerEnvelope AnswerRenderer::fresh_envelope(const MessageContext& message) const {
  AnswerEnvelope envelope;
  envelope.infcode_as_string = message.infcode_as_string;
  envelope.received_at = message.received_at;
  envelope.responded_at = std::max(message.received_at, clock_.now());
  envelope.inf_refmsgid = make_inf_refmsgid(message.area, envelope.responded_at, next_serial());
  return envelope;
}

std::optional<std::string_view> first_bill_difference(const SettleCommand& recorded,
                                                      const SettleCommand& sent) {
  struct Field {
    std::string_view path;
    Fen BillParts::*amount;
  };
  constexpr std::array<Field, 7> kAmounts{{
      {"input.data.medfee_sumamt", &BillParts::medfee_sum},
      {"input.data.fulamt_ownpay_amt", &BillParts::full_own_pay},
      {"input.data.overlmt_selfpay", &BillParts::over_limit},
      {"input.data.preselfpay_amt", &BillParts::pay_first},
      {"input.data.fund_pay_sumamt", &BillParts::fund_pay_sum},
      {"input.data.hosp_part_amt", &BillParts::hospital_part},
      {"input.data.cur_acct_pay", &BillParts::current_year_taken},
  }};
  if (recorded.patient != sent.patient) return "input.data.psn_no";
  for (const Field& field : kAmounts)
    if (recorded.parts.*field.amount != sent.parts.*field.amount) return field.path;
  return std::nullopt;
}

}  // namespace gongji::gateway::wire
