#include "gateway/wire/message_reader.hpp"

#include <array>

#include "gateway/json/canonical_text.hpp"
#include "gateway/wire/data_node.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::wire {
namespace {

using json::FieldKind;

// psn_no is not needed: the message id names what was done to whom.
constexpr std::array<json::FieldSpec, 4> kOriginal{{
    {"psn_no", FieldKind::kId, 30},
    {"omsgid", FieldKind::kId, 30, json::kRequired},
    {"oinfno", FieldKind::kId, 6, json::kRequired},
    {"expContent", FieldKind::kOpaque, 4000},
}};

MessageKey original_of(const json::FieldValues& values, const ReadContext& context) {
  return {context.institution.code, std::string{values.text("oinfno")},
          std::string{values.text("omsgid")}};
}

bool moves_money(std::string_view infno) {
  const Transaction* transaction = find_transaction(infno);
  if (transaction == nullptr) return false;
  return transaction->kind == TransactionKind::kSettle ||
         transaction->kind == TransactionKind::kCancel;
}

}  // namespace

Result<Reading, Refusal> read_undo(const ReadContext& context) {
  const auto values = read_data(context.input, kOriginal);
  if (!values) return values.error();
  MessageKey original = original_of(*values, context);
  if (!moves_money(original.infno))
    return json::wrong_field("input.data", "oinfno", "该交易不能冲正");
  const KeyHash hash = message_key_hash(original);
  Reading reading{UndoRequest{std::move(original), hash}, {}, {}};
  json::append_section(reading.business_input, "data", *values);
  return reading;
}

Result<Reading, Refusal> read_message_query(const ReadContext& context) {
  const auto values = read_data(context.input, kOriginal);
  if (!values) return values.error();
  MessageKey original = original_of(*values, context);
  const KeyHash hash = message_key_hash(original);
  return Reading{MessageQuery{std::move(original), hash}, {}, {}};
}

}  // namespace gongji::gateway::wire
