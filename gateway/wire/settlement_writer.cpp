#include "gateway/wire/settlement_writer.hpp"

#include "gateway/wire/fee_lines_writer.hpp"
#include "gateway/wire/record_view.hpp"
#include "gateway/wire/setlinfo_writer.hpp"

namespace gongji::gateway::wire {
namespace {

constexpr std::string_view kPharmacy = "41";  // clr_type

void write_nodes(json::JsonWriter& out, const SettlementAnswer& answer,
                 std::string_view business_input) {
  out.begin_object();
  write_setlinfo(out, answer);
  write_setldetail(out, answer.figures, answer.card.scheme);
  if (answer.clr_type == kPharmacy)
    write_fee_lines(out, kSaleLines, business_input, answer.figures.full_own_pay);
  out.end_object();
}

}  // namespace

void write_settlement(json::JsonWriter& out, const RecordedAnswer& answer) {
  write_nodes(out, settlement_answer(answer.record, answer.profiles),
              answer.record.origin.business_input);
}

void write_quote(json::JsonWriter& out, const QuoteAnswer& quote) {
  const SettleCommand& asked = quote.asked;
  const Settled& settled = quote.quoted.would_settle;
  const bool includes = acct_pay_includes_mulaid(quote.profiles, quote.quoted.profile);
  const Figures figures = figures_of(asked.parts, settled.split(), includes);
  SettlementAnswer answer{.mdtrt_id = asked.visit_id,
                          .setl_id = "",
                          .medins_setl_id = quote.message.msgid,
                          .patient = asked.patient,
                          .card = settled.card,
                          .setl_time = quote.quoted.at,
                          .mdtrt_cert_type = asked.certificate.type,
                          .med_type = asked.med_type,
                          .clr_optins = asked.place.area,
                          .clr_type = find_transaction(quote.message.infno)->clr_type,
                          .figures = figures,
                          .balance = quote.quoted.balance_after,
                          .zero_reason = settled.zero_reason,
                          .counts_relief = settled.counts_relief,
                          .counts_deductible = settled.counts_deductible,
                          .profile = quote.quoted.profile.id,
                          .durable_seq = {},
                          .quote_id = {}};
  answer.quote_id = make_quote_id(quote.quote_key,
                                  {asked.place.institution, asked.patient, asked.parts.medfee_sum},
                                  settled.split());
  write_nodes(out, answer, quote.business_input);
}

void write_stale_quote(json::JsonWriter& out, const JournalRecord& record, const Split& new_split,
                       const ProfileBook& profiles, const QuoteKey& quote_key) {
  const auto& asked = std::get<SettleCommand>(record.command);
  const bool includes = acct_pay_includes_mulaid(profiles, record.profile);
  const Figures figures = figures_of(asked.parts, new_split, includes);
  out.begin_object();
  out.begin_object("setlinfo");
  out.text("psn_no", asked.patient.text());
  out.text("setl_time", to_civil_text(record.at));
  write_charge_amounts(out, figures);
  write_payer_amounts(out, figures);
  out.text(
      "quote_id",
      make_quote_id(quote_key, {asked.place.institution, asked.patient, asked.parts.medfee_sum},
                    new_split));
  out.end_object();
  out.end_object();
}

}  // namespace gongji::gateway::wire
