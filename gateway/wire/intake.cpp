#include "gateway/wire/intake.hpp"

#include <utility>

#include "gateway/wire/digest.hpp"
#include "gateway/wire/file_array.hpp"
#include "gateway/wire/reconciliation_reader.hpp"
#include "gateway/wire/signed_text.hpp"

namespace gongji::gateway::wire {
namespace {

bool is_remembered(const Transaction& transaction) {
  return transaction.kind != TransactionKind::kQuery;
}

// As sent, where the answer needs it: of quotes, and of settlements whose business fact may turn
// out to be known from another message.
std::optional<SettleCommand> bill_in(const Reading& reading) {
  if (const auto* quote = std::get_if<QuoteQuery>(&reading.ask)) return quote->settle;
  const auto* settle = std::get_if<SettleCommand>(&reading.ask);
  if (settle != nullptr && reading.business_hash) return *settle;
  return std::nullopt;
}

std::string_view channel_name(Channel kind) {
  return kind == Channel::kPharmacy ? "pharmacy" : "hospital";
}

void know_sender(MessageContext& message, const Institution& institution) {
  message.area = institution.area;
  message.infcode_as_string = institution.infcode_as_string;
  message.refd_setl_flag_digits = institution.refd_setl_flag_digits;
}

std::optional<Turned> read_order(const MessageContext& message, const json::JsonNode& input,
                                 StreamedFile* file, const Institution& institution, Asked& asked) {
  auto order =
      read_reconciliation({institution, message.policy, message.transaction->infno, input, file});
  if (!order) return Turned{order.error()};
  asked = std::move(order).value();
  return std::nullopt;
}

bool asks_nobody(const Transaction& transaction) {
  return transaction.kind == TransactionKind::kSignIn ||
         transaction.kind == TransactionKind::kSignOut;
}

}  // namespace

std::optional<Turned> Intake::read(Incoming& incoming, Asked& asked) const {
  MessageContext& message = incoming.message;
  message.policy = policies_.current();
  const json::JsonNode* root = read_message(incoming.text);
  if (root == nullptr)
    return Turned{{Reason::kField, "报文不是一个完整的JSON对象", {}, {}}, kHttpMalformed};
  const auto envelope = read_envelope(*root);
  if (!envelope) return Turned{envelope.error()};
  message.transaction = find_transaction(envelope->infno);
  message.key = {InstitutionCode{envelope->fixmedins_code}, std::string{envelope->infno},
                 std::string{envelope->msgid}};
  const Institution* institution = message.policy->institutions.find(envelope->fixmedins_code);
  if (institution == nullptr)
    return Turned{{Reason::kForbidden,
                   "fixmedins_code " + message.key.institution.text() + " 未登记",
                   {},
                   {}}};
  know_sender(message, *institution);
  if (auto turned = gate_.admit(incoming, *institution, *root)) return turned;
  if (message.transaction == nullptr)
    return Turned{{Reason::kUnknownInfno, "infno " + message.key.infno, {}, {}}};
  if (incoming.streamed_file != nullptr && message.transaction->infno != kUploadInfno)
    return Turned{{Reason::kField, "报文过长", {}, {}}};
  if (asks_nobody(*message.transaction)) return std::nullopt;
  return read_input_of(incoming, *envelope, *root, *institution, asked);
}

std::optional<Turned> Intake::read_input_of(Incoming& incoming, const Envelope& envelope,
                                            const json::JsonNode& root,
                                            const Institution& institution, Asked& asked) const {
  const auto input = read_input(root);
  if (!input) return Turned{input.error()};
  const MessageContext& message = incoming.message;
  const bool of_household = message.transaction->read != nullptr;
  auto turned = of_household
                    ? read_business(incoming.message, envelope, **input, institution, asked)
                    : read_order(message, **input, incoming.streamed_file, institution, asked);
  if (turned || institution.sm2_public_key.empty()) return turned;
  incoming.check = {institution.sm2_public_key,
                    signed_text(envelope, **input, incoming.streamed_file), read_signature(root),
                    nullptr};
  return std::nullopt;
}

std::optional<Turned> Intake::read_business(MessageContext& message, const Envelope& envelope,
                                            const json::JsonNode& input,
                                            const Institution& institution, Asked& asked) const {
  const Transaction& transaction = *message.transaction;
  auto reading = transaction.read({institution, transaction.infno, input, quote_key_});
  if (!reading) return Turned{reading.error()};
  Request& request = asked.emplace<Request>();
  message.bill = bill_in(*reading);
  message.business_input = reading->business_input;
  if (is_remembered(transaction)) {
    request.key_hash = message_key_hash(message.key);
    request.origin.digest = sha256(reading->business_input);
    request.origin.business_input = std::move(reading->business_input);
  }
  request.origin.operator_id = envelope.opter;
  request.origin.key = message.key;
  request.origin.received_at = message.received_at;
  request.origin.channel = channel_name(institution.kind);
  request.business_hash = reading->business_hash;
  request.duplicate_window = reading->duplicate_window;
  request.ask = std::move(reading->ask);
  request.deadline = message.first_byte_at + deadline_ms_;
  return std::nullopt;
}

}  // namespace gongji::gateway::wire
