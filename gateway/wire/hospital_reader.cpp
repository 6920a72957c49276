#include "gateway/wire/hospital_reader.hpp"

#include "gateway/json/canonical_text.hpp"
#include "gateway/wire/bill_fields.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::wire {
namespace {

constexpr std::array<FieldSpec, 10> kVisitFields{{
    {"mdtrt_id", FieldKind::kId, 30},
    {"chrg_bchno", FieldKind::kId, 30},
    {"psn_setlway", FieldKind::kText, 6},
    {"invono", FieldKind::kId, 20},
    {"mid_setl_flag", FieldKind::kFlag},
    {"mdtrt_mode", FieldKind::kText, 6},
    {"pub_hosp_rfom_flag", FieldKind::kText, 6},
    {"dscg_time", FieldKind::kText, 30},
    {"dscgTime", FieldKind::kText, 30},  // seen in the field
    {"card_sn", FieldKind::kText, 32},
}};
constexpr auto kBill = joined(joined(kPatientFields, kVisitFields), kBillFields);

struct Bill {
  SettleCommand command;
  std::string canonical;
  json::FieldValues values;
};

// Guangzhou's inpatient messages carry the bill in `mdtrtinfo`.
Result<const json::JsonNode*, Refusal> find_bill(const ReadContext& context,
                                                 std::string_view& name) {
  name = "data";
  auto node = json::read_child(context.input, "input", name);
  if (!node || *node != nullptr || !context.infno.starts_with("23")) return node;
  auto other = json::read_child(context.input, "input", "mdtrtinfo");
  if (other && *other != nullptr) name = "mdtrtinfo";
  return other;
}

Result<Bill, Refusal> read_bill(const ReadContext& context) {
  std::string_view name;
  const auto node = find_bill(context, name);
  if (!node) return node.error();
  if (*node == nullptr || !(*node)->is_object())
    return json::wrong_field("input", name, "应为对象，不能为空");
  const std::string path = "input." + std::string{name};
  Bill bill{{}, {}, json::FieldValues{kBill}};
  if (auto fault = json::read_fields(**node, path, bill.values)) return *std::move(fault);
  auto command = read_settle_command(bill.values, path, context, {});
  if (!command) return command.error();
  bill.command = std::move(command).value();
  bill.command.visit_id = bill.values.text("mdtrt_id");
  json::append_section(bill.canonical, name, bill.values);
  return bill;
}

// Clients that retry under a new message id are known by the batch they settle.
std::optional<KeyHash> batch_key(const Bill& bill, const InstitutionCode& institution) {
  const std::string_view visit = bill.values.text("mdtrt_id");
  const std::string_view batch = bill.values.text("chrg_bchno");
  if (visit.empty() || batch.empty()) return std::nullopt;
  return key_hash({"settle", institution.text(), visit, batch});
}

// A stay is settled once, or once per invoice while it lasts.
std::optional<KeyHash> stay_key(const Bill& bill, const InstitutionCode& institution) {
  const std::string_view visit = bill.values.text("mdtrt_id");
  if (visit.empty()) return std::nullopt;
  if (bill.values.flag("mid_setl_flag", false))
    return key_hash({"stay", institution.text(), visit, bill.values.text("invono")});
  return key_hash({"stay", institution.text(), visit});
}

}  // namespace

Result<Reading, Refusal> read_hospital_quote(const ReadContext& context) {
  auto bill = read_bill(context);
  if (!bill) return bill.error();
  return Reading{QuoteQuery{std::move(bill->command)}, std::move(bill->canonical), {}};
}

Result<Reading, Refusal> read_outpatient_settlement(const ReadContext& context) {
  auto bill = read_bill(context);
  if (!bill) return bill.error();
  const auto key = batch_key(*bill, context.institution.code);
  return Reading{std::move(bill->command), std::move(bill->canonical), key};
}

Result<Reading, Refusal> read_inpatient_settlement(const ReadContext& context) {
  auto bill = read_bill(context);
  if (!bill) return bill.error();
  const auto key = stay_key(*bill, context.institution.code);
  return Reading{std::move(bill->command), std::move(bill->canonical), key};
}

}  // namespace gongji::gateway::wire
