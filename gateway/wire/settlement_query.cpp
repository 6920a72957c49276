#include "gateway/wire/settlement_query.hpp"

#include <array>
#include <vector>

#include "gateway/json/canonical_text.hpp"
#include "gateway/wire/data_node.hpp"
#include "gateway/wire/record_ids.hpp"
#include "gateway/wire/record_view.hpp"
#include "gateway/wire/setlinfo_writer.hpp"

namespace gongji::gateway::wire {
namespace {

using json::FieldKind;

constexpr std::array<json::FieldSpec, 4> kQuery{{
    {"psn_no", FieldKind::kId, 30, json::kRequired},
    {"setl_id", FieldKind::kId, 30, json::kRequired},
    {"mdtrt_id", FieldKind::kId, 30},
    {"expContent", FieldKind::kOpaque, 4000},
}};

// Who paid, in the order their accounts were used; of a cancel, who got back.
struct Payer {
  std::string_view source;
  PersonId person;
  Fen amount;
};

std::vector<Payer> payers_of(const Settled& settled) {
  std::vector<Payer> payers;
  const Fen own = settled.split().own + settled.current_year_taken;
  if (!own.is_zero()) payers.push_back({"own", settled.patient, own});
  const std::size_t first_of_family = payers.size();
  for (const Leg& leg : settled.family) {
    auto payer = payers.begin() + static_cast<std::ptrdiff_t>(first_of_family);
    while (payer != payers.end() && payer->person != leg.owner) ++payer;
    if (payer == payers.end()) payer = payers.insert(payer, {"family", leg.owner, Fen{}});
    payer->amount += leg.amount;
  }
  return payers;
}

void write_payers(json::JsonWriter& out, const Settled& settled, bool turned) {
  out.begin_array("mulaiddetail");
  for (const Payer& payer : payers_of(settled)) {
    out.begin_object();
    out.text("source", payer.source);
    out.text("psn_no", payer.person.text());
    out.money("amount", turned ? -payer.amount : payer.amount);
    out.end_object();
  }
  out.end_array();
}

std::string_view refd_setl_flag(bool refunded, unsigned digits) {
  const std::string_view text = refunded ? "001" : "000";
  return text.substr(text.size() - digits);
}

// The invoice, wherever the message had it.
std::string invoice_in(const JournalRecord& settlement) {
  for (const auto& section : json::parse_canonical(settlement.origin.business_input))
    if (const std::string_view invoice = section.value("invono"); !invoice.empty())
      return std::string{invoice};
  return "";
}

std::string asked_for(const SettlementAsked& asked, std::string_view field) {
  const auto sections = json::parse_canonical(asked.business_input);
  return sections.empty() ? "" : std::string{sections.front().value(field)};
}

// The settlement itself, or the one behind a cancel.
const JournalRecord& settlement_in(const MessageFound& found) {
  return holds_settlement(*found.record) ? *found.record : *found.original;
}

}  // namespace

Result<Reading, Refusal> read_settlement_query(const ReadContext& context) {
  const auto values = read_data(context.input, kQuery);
  if (!values) return values.error();
  const std::string_view setl_id = values->text("setl_id");
  // Of a number that is none of ours nothing is found either.
  const Sequence settlement = sequence_of_setl_id(setl_id).value_or(Sequence{});
  Reading reading{SettlementQuery{PersonId{values->text("psn_no")}, settlement}, {}, {}};
  json::append_section(reading.business_input, "data", *values);
  return reading;
}

// A cancel that was undone never happened; a settlement that was is shown as taken back.
bool is_settlement_asked(const MessageFound& found, const SettlementAsked& asked) {
  if (found.record == nullptr) return false;
  const bool settles = holds_settlement(*found.record);
  const bool cancels = !settles && found.original != nullptr && holds_settlement(*found.original);
  if (cancels && found.state != MessageState::kApplied) return false;
  if (!settles && !cancels) return false;
  const std::string visit = asked_for(asked, "mdtrt_id");
  return asked_for(asked, "setl_id") == make_setl_id(found.record->sequence, found.record->at) &&
         (visit.empty() || visit == visit_of(settlement_in(found)));
}

void write_found_settlement(json::JsonWriter& out, const MessageFound& found,
                            const SettlementAsked& asked, const ProfileBook& profiles) {
  const JournalRecord& settlement = settlement_in(found);
  const bool cancels = &settlement != found.record.get();
  const bool refunded = cancels || found.state == MessageState::kReversed;
  const QueriedFields queried{
      .refd_setl_flag = refd_setl_flag(refunded, asked.refd_setl_flag_digits),
      .fixmedins_code = settlement.settle_command()->place.institution.text(),
      .opter_id = found.record->origin.operator_id,
      .invono = invoice_in(settlement)};
  SettlementAnswer shown = cancels ? cancel_answer(*found.record, settlement, profiles)
                                   : settlement_answer(settlement, profiles);
  shown.queried = &queried;
  out.begin_object();
  write_setlinfo(out, shown);
  write_setldetail(out, shown.figures, shown.card.scheme);
  write_payers(out, *settlement.event<Settled>(), cancels);
  out.end_object();
}

}  // namespace gongji::gateway::wire
