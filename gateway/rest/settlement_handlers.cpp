#include "gateway/rest/settlement_handlers.hpp"

#include <array>

#include "gateway/rest/answers.hpp"
#include "gateway/rest/explanation.hpp"
#include "gateway/rest/history_list.hpp"
#include "gateway/rest/loop_then.hpp"
#include "gateway/rest/loop_ticket.hpp"
#include "gateway/rest/record_ids.hpp"
#include "gateway/rest/settlement_view.hpp"
#include "gateway/rest/write.hpp"
#include "gateway/wire/bill_fields.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr std::array<json::FieldSpec, 9> kBillFields{{
    {"medfee_sumamt", json::FieldKind::kMoney, 0, json::kRequired},
    {"fulamt_ownpay_amt", json::FieldKind::kMoney},
    {"overlmt_selfpay", json::FieldKind::kMoney},
    {"preselfpay_amt", json::FieldKind::kMoney},
    {"inscp_scp_amt", json::FieldKind::kMoney},
    {"fund_pay_sumamt", json::FieldKind::kMoney},
    {"hosp_part_amt", json::FieldKind::kMoney},
    {"psn_part_amt", json::FieldKind::kMoney},
    {"cur_acct_pay", json::FieldKind::kMoney},
}};
constexpr std::array<json::FieldSpec, 2> kOwnPayFields{{
    {"med_list_codg", json::FieldKind::kId, 50, json::kRequired},
    {"fulamt_ownpay_amt", json::FieldKind::kMoney, 0, json::kRequired},
}};

std::string settled_json(const Call& call, const JournalRecord& record, bool reversed) {
  if (sight_of_settlement(call, record) == Sight::kWhole) return settlement_json(record, reversed);
  return spending_json(record, reversed, PersonId{call.acting_person});
}

// Only the household knows whether the settlement still stands.
void answer_settlement(Backend& backend, const CallPtr& call, const RecordPtr& record) {
  Request request;
  request.origin.received_at = backend.ports.clock.now();
  request.ask = MessageQuery{record->origin.key, wire::message_key_hash(record->origin.key)};
  request.deadline = call->deadline;
  backend.ports.service.submit(
      std::move(request),
      make_loop_ticket(*call->slot, [&backend, call, record](const Reply& reply) {
        const auto* found = std::get_if<MessageFound>(&reply);
        const auto* refusal = std::get_if<NotDecided>(&reply);
        const bool reversed = found != nullptr && found->state == MessageState::kReversed;
        call->answer(found != nullptr
                         ? json_answer(settled_json(*call, *record, reversed))
                         : refused(backend, refusal == nullptr ? Reason::kUnknownOutcome
                                                               : refusal->refusal.reason));
      }));
}

void answer_reversal(Backend& backend, const CallPtr& call, const RecordPtr& record) {
  const Sequence original = record->event<SettlementReversed>()->original;
  backend.ports.records.find(
      original,
      then_on_loop<RecordPtr>(backend, call, [&backend, call, record](const RecordPtr& first) {
        if (first == nullptr) return call->answer(refused(backend, Reason::kNoSettlement));
        const bool whole = sight_of_settlement(*call, *record) == Sight::kWhole;
        call->answer(json_answer(
            whole ? reversal_json(*record, *first)
                  : reversal_spending_json(*record, *first, PersonId{call->acting_person})));
      }));
}

// Runs `proceed` when the caller may see anything of the settlement.
void with_visible_settlement(Backend& backend, const CallPtr& call, WithRecord proceed) {
  with_settlement(backend, call, call->ids[0],
                  [&backend, call, proceed = std::move(proceed)](const RecordPtr& record) {
                    if (sight_of_settlement(*call, *record) == Sight::kNothing)
                      return call->answer(refused(backend, Reason::kForbiddenView));
                    proceed(record);
                  });
}

BillParts read_bill(BodyReader& body) {
  const json::FieldValues values = body.fields(kBillFields);
  BillParts parts;
  for (const json::FieldValues& line : body.objects("own_pay_lines", kOwnPayFields))
    parts.own_pay_lines.push_back(
        {std::string{line.text("med_list_codg")}, line.money_or_zero("fulamt_ownpay_amt")});
  parts.medfee_sum = values.money_or_zero("medfee_sumamt");
  parts.fund_pay_sum = values.money_or_zero("fund_pay_sumamt");
  parts.hospital_part = values.money_or_zero("hosp_part_amt");
  parts.full_own_pay = values.money_or_zero("fulamt_ownpay_amt");
  parts.over_limit = values.money_or_zero("overlmt_selfpay");
  parts.pay_first = values.money_or_zero("preselfpay_amt");
  parts.in_scope = values.money("inscp_scp_amt");
  parts.current_year_taken = values.money_or_zero("cur_acct_pay");
  return parts;
}

// The original settlement again, with what remains of its bill (GX-07).
void submit_refund(Backend& backend, const CallPtr& call, const JournalRecord& original,
                   BillParts parts, std::string canonical) {
  const SettleCommand* asked = bill_of(original);
  if (asked == nullptr || original.event<Settled>() == nullptr)
    return call->answer(refused(backend, Reason::kNoSettlement));
  PartialRefundCommand command{original.sequence, *asked};
  command.smaller.parts = std::move(parts);
  command.smaller.quoted.reset();
  const std::string setl_id = call->ids[0];
  submit_keyed_write(
      backend, call,
      {std::move(command), std::move(canonical), [setl_id](const JournalRecord& record) {
         return json_answer(refund_json(record, setl_id));
       }});
}

}  // namespace

void get_settlement(Backend& backend, CallPtr call) {
  with_visible_settlement(backend, call, [&backend, call](const RecordPtr& record) {
    if (record->event<Settled>() != nullptr) return answer_settlement(backend, call, record);
    answer_reversal(backend, call, record);
  });
}

void get_explanation(Backend& backend, CallPtr call) {
  with_visible_settlement(backend, call, [&backend, call](const RecordPtr& record) {
    if (record->event<Settled>() == nullptr)
      return call->answer(refused(backend, Reason::kNoSettlement));
    const auto policy = backend.ports.policies.current();
    call->answer(json_answer(explanation_json(*record, policy->profiles, *call)));
  });
}

void refund_partially(Backend& backend, CallPtr call) {
  BodyReader body{call->body};
  const BillParts parts = read_bill(body);
  if (answer_faults(body, *call)) return;
  if (const auto fault = wire::broken_identity(parts, std::nullopt))
    return call->answer(refused(backend, *fault));
  if (!take_key(backend, *call)) return;
  with_settlement(backend, call, call->ids[0],
                  [&backend, call, parts, canonical = body.canonical()](const RecordPtr& original) {
                    submit_refund(backend, call, *original, parts, canonical);
                  });
}

// The organiser sees what his account paid for whom (SH-17, SX-35); a member what it paid for him.
void list_network_payments(Backend& backend, CallPtr call) {
  with_network_reader(backend, call, [&backend, call](const PersonId& only) {
    const PersonId owner = call->person(0);
    list_history(backend, call, owner, 'N', [owner, only](const JournalRecord& record) {
      return network_payment_json(record, owner, only);
    });
  });
}

void list_person_payments(Backend& backend, CallPtr call) {
  if (!call->may_act_for(call->ids[0]))
    return call->answer(refused(backend, Reason::kForbiddenView));
  const PersonId patient = call->person(0);
  list_history(backend, call, patient, 'P', [patient](const JournalRecord& record) {
    return own_payment_json(record, patient);
  });
}

}  // namespace gongji::gateway::rest
