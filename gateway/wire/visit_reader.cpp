#include "gateway/wire/visit_reader.hpp"

#include <array>

#include "gateway/json/canonical_text.hpp"
#include "gateway/wire/bill_fields.hpp"
#include "gateway/wire/data_node.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::wire {
namespace {

constexpr std::size_t kRowsMax = 1000;

constexpr std::array<FieldSpec, 13> kRegistration{{
    {"psn_no", FieldKind::kId, 30, kRequired},
    {"insutype", FieldKind::kId, 6},
    {"begntime", FieldKind::kText, 30},
    {"mdtrt_cert_type", FieldKind::kId, 3},
    {"mdtrt_cert_no", FieldKind::kId, 50},
    {"ipt_otp_no", FieldKind::kId, 30, kRequired},
    {"atddr_no", FieldKind::kText, 30},
    {"dr_name", FieldKind::kText, 50},
    {"dept_code", FieldKind::kText, 30},
    {"dept_name", FieldKind::kText, 100},
    {"caty", FieldKind::kText, 20},
    {"card_sn", FieldKind::kText, 32},
    {"expContent", FieldKind::kOpaque, 4000},
}};
constexpr std::array<FieldSpec, 4> kWithdrawal{{
    {"psn_no", FieldKind::kId, 30, kRequired},
    {"mdtrt_id", FieldKind::kId, 30, kRequired},
    {"ipt_otp_no", FieldKind::kId, 30},
    {"expContent", FieldKind::kOpaque, 4000},
}};
constexpr std::array<FieldSpec, 5> kVisit{{
    {"mdtrt_id", FieldKind::kId, 30, kRequired},
    {"psn_no", FieldKind::kId, 30, kRequired},
    {"med_type", FieldKind::kText, 6},
    {"begntime", FieldKind::kText, 30},
    {"expContent", FieldKind::kOpaque, 4000},
}};
constexpr std::array<FieldSpec, 9> kDiagnosis{{
    {"diag_type", FieldKind::kText, 6},
    {"diag_srt_no", FieldKind::kText, 6},
    {"diag_code", FieldKind::kText, 50},
    {"diag_name", FieldKind::kText, 200},
    {"diag_dept", FieldKind::kText, 100},
    {"dise_dor_no", FieldKind::kText, 30},
    {"dise_dor_name", FieldKind::kText, 50},
    {"diag_time", FieldKind::kText, 30},
    {"vali_flag", FieldKind::kText, 6},
}};
constexpr std::array<FieldSpec, 22> kFee{{
    {"feedetl_sn", FieldKind::kText, 30, kRequired},
    {"mdtrt_id", FieldKind::kId, 30, kRequired},
    {"psn_no", FieldKind::kId, 30, kRequired},
    {"chrg_bchno", FieldKind::kId, 30},
    {"rxno", FieldKind::kText, 30},
    {"rx_circ_flag", FieldKind::kText, 3},
    {"fee_ocur_time", FieldKind::kText, 30},
    {"med_list_codg", FieldKind::kText, 50},
    {"medins_list_codg", FieldKind::kText, 150},
    {"det_item_fee_sumamt", FieldKind::kMoney, 0, kRequired},
    {"cnt", FieldKind::kQuantity},
    {"pric", FieldKind::kPrice},
    {"sin_dos_dscr", FieldKind::kText, 200},
    {"used_frqu_dscr", FieldKind::kText, 200},
    {"prd_days", FieldKind::kQuantity},
    {"medc_way_dscr", FieldKind::kText, 200},
    {"bilg_dept_codg", FieldKind::kText, 30},
    {"bilg_dept_name", FieldKind::kText, 100},
    {"bilg_dr_codg", FieldKind::kText, 30},
    {"bilg_dr_name", FieldKind::kText, 50},
    {"hosp_appr_flag", FieldKind::kText, 3},
    {"expContent", FieldKind::kOpaque, 4000},
}};
constexpr std::array<FieldSpec, 4> kDroppedFees{{
    {"mdtrt_id", FieldKind::kId, 30, kRequired},
    {"psn_no", FieldKind::kId, 30, kRequired},
    {"chrg_bchno", FieldKind::kId, 30},  // 0000 = all that are not settled
    {"expContent", FieldKind::kOpaque, 4000},
}};

RecordVisitCommand visit_step(const ReadContext& context, VisitStep step,
                              const json::FieldValues& values) {
  const bool registers = step == VisitStep::kRegister;
  return {step, PersonId{values.text("psn_no")},
          std::string{registers ? std::string_view{} : values.text("mdtrt_id")},
          context.institution.area};
}

// The number the institution gave a visit names it for this person: whoever repeats a registration
// under a new message id gets the visit he has.
KeyHash visit_key(const ReadContext& context, const json::FieldValues& values) {
  return key_hash(
      {"visit", context.institution.code.text(), values.text("psn_no"), values.text("ipt_otp_no")});
}

// A step that says all it has to say in `data`.
Reading step_in_data(const ReadContext& context, VisitStep step, const json::FieldValues& values) {
  Reading reading{visit_step(context, step, values), {}, {}};
  json::append_section(reading.business_input, "data", values);
  return reading;
}

// The fields of one row of a list, as its section of the canonical text.
Result<json::FieldValues, Refusal> read_row(std::string& canonical, const json::JsonNode& row,
                                            std::string_view list, std::size_t index,
                                            std::span<const FieldSpec> specs) {
  const std::string section = json::indexed(list, index);
  json::FieldValues values{specs};
  if (auto fault = json::read_fields(row, "input." + section, values)) return *std::move(fault);
  json::append_section(canonical, section, values);
  return values;
}

// One message speaks of one visit of one person.
std::optional<Refusal> other_visit(const json::FieldValues& row, const RecordVisitCommand& visit,
                                   std::size_t index) {
  const std::string path = "input." + json::indexed("feedetail", index);
  if (row.text("psn_no") != visit.patient.text())
    return json::wrong_field(path, "psn_no", "与首行不是同一人");
  if (row.text("mdtrt_id") != visit.visit_id)
    return json::wrong_field(path, "mdtrt_id", "与首行不是同一次就诊");
  return std::nullopt;
}

}  // namespace

Result<Reading, Refusal> read_registration(const ReadContext& context) {
  const auto values = read_data(context.input, kRegistration);
  if (!values) return values.error();
  Reading reading = step_in_data(context, VisitStep::kRegister, *values);
  reading.business_hash = visit_key(context, *values);
  return reading;
}

// Takes the visit's name over, so that the next registration under it is a new visit.
Result<Reading, Refusal> read_withdrawal(const ReadContext& context) {
  const auto values = read_data(context.input, kWithdrawal);
  if (!values) return values.error();
  Reading reading = step_in_data(context, VisitStep::kWithdraw, *values);
  if (values->has("ipt_otp_no")) reading.business_hash = visit_key(context, *values);
  return reading;
}

Result<Reading, Refusal> read_diagnoses(const ReadContext& context) {
  const auto node = json::read_child(context.input, "input", "mdtrtinfo");
  if (!node) return node.error();
  if (*node == nullptr || !(*node)->is_object())
    return json::wrong_field("input", "mdtrtinfo", "应为对象，不能为空");
  json::FieldValues values{kVisit};
  if (auto fault = json::read_fields(**node, "input.mdtrtinfo", values)) return *std::move(fault);
  Reading reading{visit_step(context, VisitStep::kDescribe, values), {}, {}};
  json::append_section(reading.business_input, "mdtrtinfo", values);
  const auto rows = json::read_rows(context.input, "input", "diseinfo", kRowsMax);
  if (!rows) return rows.error();
  for (std::size_t i = 0; i < rows->size(); ++i)
    if (auto row = read_row(reading.business_input, *(*rows)[i], "diseinfo", i, kDiagnosis); !row)
      return row.error();
  return reading;
}

Result<Reading, Refusal> read_fees(const ReadContext& context) {
  const auto rows = json::read_rows(context.input, "input", "feedetail", kRowsMax);
  if (!rows) return rows.error();
  if (rows->empty()) return json::wrong_field("input", "feedetail", "不能为空");
  Reading reading;
  RecordVisitCommand visit;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto row = read_row(reading.business_input, *(*rows)[i], "feedetail", i, kFee);
    if (!row) return row.error();
    if (i == 0) visit = visit_step(context, VisitStep::kAddFees, *row);
    if (auto fault = other_visit(*row, visit, i)) return *std::move(fault);
  }
  reading.ask = std::move(visit);
  return reading;
}

Result<Reading, Refusal> read_dropped_fees(const ReadContext& context) {
  const auto values = read_data(context.input, kDroppedFees);
  if (!values) return values.error();
  return step_in_data(context, VisitStep::kDropFees, *values);
}

}  // namespace gongji::gateway::wire
