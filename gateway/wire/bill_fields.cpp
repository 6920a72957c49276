#include "gateway/wire/bill_fields.hpp"

namespace gongji::gateway::wire {
namespace {

struct Term {
  std::string_view name;
  Fen amount;
};

std::string to_text(const Term& term) {
  return std::string{term.name} + ' ' + to_yuan_text(term.amount);
}

Fen sum(std::initializer_list<Term> terms) {
  Fen total;
  for (const Term& term : terms) total += term.amount;
  return total;
}

// "恒等式5 medfee_sumamt 240.00 ≠ fulamt_ownpay_amt 10.00 + … = 225.00"
Refusal not_equal(std::string_view identity, const Term& left, std::initializer_list<Term> right) {
  std::string detail = std::string{identity} + ' ' + to_text(left) + " ≠ ";
  std::string_view plus;
  for (const Term& term : right) {
    detail += plus;
    detail += to_text(term);
    plus = " + ";
  }
  detail += " = " + to_yuan_text(sum(right));
  return {Reason::kIdentity, std::move(detail), {}, {}};
}

Refusal exceeds(std::string_view identity, const Term& left, const Term& right) {
  return {Reason::kIdentity,
          std::string{identity} + ' ' + to_text(left) + " > " + to_text(right),
          {},
          {}};
}

Fen sum(const std::vector<OwnPayLine>& lines) {
  Fen total;
  for (const OwnPayLine& line : lines) total += line.amount;
  return total;
}

BillParts read_parts(const json::FieldValues& values, std::vector<OwnPayLine> own_pay_lines) {
  BillParts parts;
  parts.medfee_sum = values.money_or_zero("medfee_sumamt");
  parts.fund_pay_sum = values.money_or_zero("fund_pay_sumamt");
  parts.hospital_part = values.money_or_zero("hosp_part_amt");
  parts.full_own_pay = values.money("fulamt_ownpay_amt").value_or(sum(own_pay_lines));
  parts.own_pay_lines = std::move(own_pay_lines);
  parts.over_limit = values.money_or_zero("overlmt_selfpay");
  parts.pay_first = values.money_or_zero("preselfpay_amt");
  parts.in_scope = values.money("inscp_scp_amt");
  parts.current_year_taken = values.money_or_zero("cur_acct_pay");
  return parts;
}

// 02 and 03 are proven by their number (SH-31); 01 was verified elsewhere.
std::optional<Refusal> incomplete_certificate(const json::FieldValues& values,
                                              std::string_view path) {
  const std::string_view type = values.text("mdtrt_cert_type");
  const bool needs_number = type == "02" || type == "03";
  if (!needs_number || values.has("mdtrt_cert_no")) return std::nullopt;
  return json::wrong_field(path, "mdtrt_cert_no", "不能为空");
}

bool pooled_part_missing(const json::FieldValues& values, const Institution& institution) {
  return institution.fund_pay_required && institution.kind == Channel::kHospital &&
         !values.has("fund_pay_sumamt");
}

}  // namespace

Result<SettleCommand, Refusal> read_settle_command(const json::FieldValues& values,
                                                   std::string_view path,
                                                   const ReadContext& context,
                                                   std::vector<OwnPayLine> own_pay_lines) {
  if (auto fault = incomplete_certificate(values, path)) return *std::move(fault);
  if (pooled_part_missing(values, context.institution))
    return json::wrong_field(path, "fund_pay_sumamt", "本机构结算须带统筹支付金额，不能为空");
  const Transaction& transaction = *find_transaction(context.infno);
  SettleCommand command;
  command.patient = PersonId{values.text("psn_no")};
  command.certificate = {std::string{values.text("mdtrt_cert_type")},
                         std::string{values.text("mdtrt_cert_no")}};
  command.place = context.institution.place();
  command.med_type = values.text("med_type");
  if (command.med_type.empty()) command.med_type = transaction.med_type;
  command.parts = read_parts(values, std::move(own_pay_lines));
  command.use_account = values.flag("acct_used_flag", true);
  command.use_family = values.flag("use_family", true);
  if (auto fault = broken_identity(command.parts, values.money("psn_part_amt")))
    return *std::move(fault);
  if (!values.has("quote_id") || transaction.kind != TransactionKind::kSettle) return command;
  command.quoted = read_quote_id(
      context.quote_key, {context.institution.code, command.patient, command.parts.medfee_sum},
      values.text("quote_id"));
  if (!command.quoted)
    return json::wrong_field(path, "quote_id", "不是本机构为该患者、该金额所得的预结算编号");
  return command;
}

std::optional<Refusal> broken_identity(const BillParts& parts, std::optional<Fen> psn_part_amt) {
  const Term total{"medfee_sumamt", parts.medfee_sum};
  const Term pooled{"fund_pay_sumamt", parts.fund_pay_sum};
  const Term hospital{"hosp_part_amt", parts.hospital_part};
  const Term own_pay{"fulamt_ownpay_amt", parts.full_own_pay};
  const Term over_limit{"overlmt_selfpay", parts.over_limit};
  const Term pay_first{"preselfpay_amt", parts.pay_first};
  const Term in_scope{"inscp_scp_amt", parts.in_scope.value_or(Fen{})};
  const Term person{"psn_part_amt", psn_part_amt.value_or(max(parts.person_part(), Fen{}))};

  if (person.amount != parts.person_part())
    return not_equal("恒等式1", total, {pooled, person, hospital});
  const Fen outside = sum({own_pay, over_limit, pay_first});
  const bool contradicts =
      parts.in_scope ? outside + *parts.in_scope != parts.medfee_sum : outside > parts.medfee_sum;
  if (contradicts) return not_equal("恒等式5", total, {own_pay, over_limit, pay_first, in_scope});
  const Term lines{"Σ drugdetail.fulamt_ownpay_amt", sum(parts.own_pay_lines)};
  if (lines.amount > own_pay.amount) return exceeds("逐行全自费之和不得大于总额", lines, own_pay);
  if (parts.in_scope && parts.fund_pay_sum > *parts.in_scope)
    return exceeds("统筹支付不得大于政策范围内金额", pooled, in_scope);
  if (parts.current_year_taken > parts.person_part())
    return exceeds("恒等式2", {"cur_acct_pay", parts.current_year_taken}, person);
  return std::nullopt;
}

}  // namespace gongji::gateway::wire
