#include "gateway/wire/setlinfo_writer.hpp"

#include "gateway/wire/person_fields.hpp"

namespace gongji::gateway::wire {
namespace {

// We know one pooled fund and nothing of the others.
constexpr std::string_view kFundsNeverAsked =
    R"("pool_prop_selfpay":0.0000,"cvlserv_pay":0.00,"hifes_pay":0.00,"hifmi_pay":0.00,)"
    R"("hifob_pay":0.00,"maf_pay":0.00,"oth_pay":0.00,"hifdm_pay":0.00)";

std::string_view flag_text(std::optional<bool> flag) {
  if (!flag) return "";
  return *flag ? "1" : "0";
}

void write_ours(json::JsonWriter& out, const SettlementAnswer& answer) {
  out.text("zero_reason", code(answer.zero_reason));
  out.text("counts_relief", flag_text(answer.counts_relief));
  out.text("counts_deductible", flag_text(answer.counts_deductible));
  out.text("profile", answer.profile);
  if (answer.durable_seq)
    out.number("durable_seq", static_cast<std::int64_t>(answer.durable_seq->number()));
  if (answer.quote_id) out.text("quote_id", *answer.quote_id);
}

// The older interface's names for what the person pays, and for cash.
void write_older_names(json::JsonWriter& out, const Figures& figures) {
  out.money("psn_pay", figures.person);
  out.money("cash_payamt", figures.cash);
}

void write_queried(json::JsonWriter& out, const SettlementAnswer& answer) {
  constexpr std::string_view kPaidAtInstitution = "2";
  constexpr std::size_t kDateBytes = 10;
  constexpr std::size_t kYearBytes = 4;
  const std::string time = to_civil_text(answer.setl_time);
  const std::string_view day = std::string_view{time}.substr(0, kDateBytes);
  out.text("refd_setl_flag", answer.queried->refd_setl_flag);
  out.text("pay_loc", kPaidAtInstitution);
  out.text("fixmedins_code", answer.queried->fixmedins_code);
  out.text("begndate", day);
  out.text("enddate", day);
  out.text("year", day.substr(0, kYearBytes));
  out.text("invono", answer.queried->invono);
  if (!answer.is_cancel) write_older_names(out, answer.figures);
  out.text("opter_id", answer.queried->opter_id);
  out.text("opter_name", "");  // not in our books
  out.text("opt_time", time);
}

void write_fund(json::JsonWriter& out, std::string_view type, std::string_view name, Fen in_scope,
                Fen paid) {
  out.begin_object();
  out.text("fund_pay_type", type);
  out.money("inscp_scp_amt", in_scope);
  out.fields(R"("crt_payb_lmt_amt":0.00)");
  out.money("fund_payamt", paid);
  out.text("fund_pay_type_name", name);
  out.fields(R"("setl_proc_info":"")");
  out.end_object();
}

}  // namespace

void write_setlinfo(json::JsonWriter& out, const SettlementAnswer& answer) {
  out.begin_object("setlinfo");
  out.text("mdtrt_id", answer.mdtrt_id);
  out.text("setl_id", answer.setl_id);
  write_person_fields(out, answer.patient, answer.card, answer.setl_time);
  out.text("insutype", to_insutype(answer.card.scheme));
  out.text("psn_type", answer.card.psn_type);
  out.fields(R"("cvlserv_flag":"0")");
  out.text("setl_time", to_civil_text(answer.setl_time));
  out.text("mdtrt_cert_type", answer.mdtrt_cert_type);
  out.text("med_type", answer.med_type);
  write_charge_amounts(out, answer.figures);
  write_payer_amounts(out, answer.figures);
  if (answer.is_cancel) {
    out.money("pdn_cash_pay", answer.figures.cash);  // the interface's own misspelling
    write_older_names(out, answer.figures);
  }
  out.money("balc", answer.balance);
  out.text("medins_setl_id", answer.medins_setl_id);
  out.text("clr_optins", answer.clr_optins);
  out.fields(R"("clr_way":"1")");
  out.text("clr_type", answer.clr_type);
  if (answer.queried != nullptr) write_queried(out, answer);
  write_ours(out, answer);
  out.end_object();
}

void write_charge_amounts(json::JsonWriter& out, const Figures& figures) {
  out.money("medfee_sumamt", figures.total);
  out.money("fulamt_ownpay_amt", figures.full_own_pay);
  out.money("overlmt_selfpay", figures.over_limit);
  out.money("preselfpay_amt", figures.pay_first);
  out.money("inscp_scp_amt", figures.in_scope);
  out.fields(R"("act_pay_dedc":0.00)");
  out.money("hifp_pay", figures.pooled);
  out.fields(kFundsNeverAsked);
  out.money("fund_pay_sumamt", figures.pooled);
}

void write_payer_amounts(json::JsonWriter& out, const Figures& figures) {
  out.money("psn_part_amt", figures.person);
  out.money("acct_pay", figures.account);
  out.money("acct_mulaid_pay", figures.family);
  out.money("psn_cash_pay", figures.cash);
  out.money("hosp_part_amt", figures.hospital);
}

// The account row always stands, so that a client finds a first row; identity 6 needs the others
// only when they are not zero.
void write_setldetail(json::JsonWriter& out, const Figures& figures, Scheme scheme) {
  out.begin_array("setldetail");
  if (!figures.pooled.is_zero()) {
    if (scheme == Scheme::kEmployee) {
      write_fund(out, "310101", "职工基本医疗保险统筹基金", figures.in_scope, figures.pooled);
    } else {
      write_fund(out, "390101", "城乡居民基本医疗保险基金", figures.in_scope, figures.pooled);
    }
  }
  write_fund(out, "310201", "职工基本医疗保险个人账户", figures.in_scope, figures.accounts_total);
  if (!figures.hospital.is_zero())
    write_fund(out, "999996", "医院负担", figures.in_scope, figures.hospital);
  out.end_array();
}

}  // namespace gongji::gateway::wire
