#include "gateway/wire/message_writer.hpp"

#include <cstdlib>

#include "gateway/wire/error_table.hpp"
#include "gateway/wire/record_view.hpp"
#include "gateway/wire/settlement_writer.hpp"

namespace gongji::gateway::wire {
namespace {

void write_empty(json::JsonWriter& out) {
  out.begin_object();
  out.end_object();
}

// A partial refund came by no transaction, but a late repeat of the settlement it made smaller
// finds it.
bool is_partial_refund(const JournalRecord& record) {
  return std::holds_alternative<PartialRefundCommand>(record.command);
}

}  // namespace

void write_nothing(json::JsonWriter& out, const RecordedAnswer&) { write_empty(out); }

bool can_write_output(const RecordedAnswer& answer) {
  if (is_partial_refund(answer.record)) return holds_settlement(answer.record);
  const Transaction* transaction = find_transaction(answer.record.origin.key.infno);
  if (transaction == nullptr || transaction->write == nullptr) return false;
  if (!answer.record.applied()) return true;
  if (transaction->kind == TransactionKind::kSettle) return holds_settlement(answer.record);
  if (transaction->kind == TransactionKind::kCancel)
    return answer.original != nullptr && holds_settlement(*answer.original);
  return true;
}

void write_recorded_output(json::JsonWriter& out, const RecordedAnswer& answer,
                           const QuoteKey& quote_key) {
  const Refusal* refusal = answer.record.refusal();
  if (is_partial_refund(answer.record)) {
    write_settlement(out, answer);
  } else if (refusal == nullptr) {
    find_transaction(answer.record.origin.key.infno)->write(out, answer);
  } else if (refusal->new_split && std::holds_alternative<SettleCommand>(answer.record.command)) {
    write_stale_quote(out, answer.record, *refusal->new_split, answer.profiles, quote_key);
  } else {
    write_empty(out);
  }
}

void write_message_state(json::JsonWriter& out, const MessageFound& found,
                         const ProfileBook& profiles, const QuoteKey& quote_key) {
  out.begin_object();
  out.text("state", to_text(found.state));
  out.key("result");
  const bool stored =
      found.record != nullptr && can_write_output({*found.record, found.original.get(), profiles});
  if (stored) {
    write_recorded_output(out, {*found.record, found.original.get(), profiles}, quote_key);
  } else {
    write_empty(out);
  }
  const Refusal* refusal = found.record == nullptr ? nullptr : found.record->refusal();
  out.text("err_msg", refusal == nullptr ? "" : err_msg(refusal->reason, refusal->detail));
  out.end_object();
}

std::string_view to_text(MessageState state) {
  switch (state) {
    case MessageState::kUnknown: return "unknown";
    case MessageState::kInFlight: return "in_flight";
    case MessageState::kApplied: return "applied";
    case MessageState::kRefused: return "refused";
    case MessageState::kReversed: return "reversed";
    case MessageState::kReversedBeforeArrival: return "reversed_before_arrival";
  }
  std::abort();
}

}  // namespace gongji::gateway::wire
