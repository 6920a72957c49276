#include "gateway/wire/pharmacy_reader.hpp"

#include "gateway/json/canonical_text.hpp"
#include "gateway/json/decimal.hpp"
#include "gateway/wire/bill_fields.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::wire {
namespace {

constexpr std::size_t kLinesMax = 1000;
constexpr std::string_view kPath = "input.druginfo";

constexpr std::array<FieldSpec, 5> kSaleFields{{
    {"begntime", FieldKind::kText, 30},
    {"invono", FieldKind::kText, 20},
    {"dise_codg", FieldKind::kText, 30},
    {"dise_name", FieldKind::kText, 500},
    {"card_sn", FieldKind::kText, 32},
}};
constexpr auto kSale = joined(joined(kPatientFields, kSaleFields), kBillFields);

constexpr std::array<FieldSpec, 17> kLine{{
    {"feedetl_sn", FieldKind::kText, 30},
    {"rxno", FieldKind::kText, 30},
    {"rx_circ_flag", FieldKind::kText, 3},
    {"fee_ocur_time", FieldKind::kText, 30},
    {"med_list_codg", FieldKind::kText, 50},
    {"medins_list_codg", FieldKind::kText, 150},
    {"det_item_fee_sumamt", FieldKind::kMoney},
    {"cnt", FieldKind::kQuantity},
    {"pric", FieldKind::kPrice},
    {"sin_dos_dscr", FieldKind::kText, 200},
    {"used_frqu_dscr", FieldKind::kText, 200},
    {"prd_days", FieldKind::kQuantity},
    {"medc_way_dscr", FieldKind::kText, 200},
    {"bilg_dr_codg", FieldKind::kText, 30},
    {"bilg_dr_name", FieldKind::kText, 50},
    {"tcmdrug_used_way", FieldKind::kText, 6},
    {"fulamt_ownpay_amt", FieldKind::kMoney},
}};

struct Lines {
  std::string canonical;
  bool name_goods = false;  // or goods stay empty
  std::string goods;
  std::vector<OwnPayLine> own_pay;
};

// What a line sells: all of it that does not change when a till rings the same sale up again.
void append_goods(std::string& goods, const json::FieldValues& values) {
  for (const std::string_view code : {"med_list_codg", "medins_list_codg"}) {
    goods += values.text(code);
    goods += '\n';
  }
  for (const std::string_view number : {"det_item_fee_sumamt", "cnt", "pric"}) {
    json::append_decimal(goods, values.scaled(number), 0);
    goods += '\n';
  }
}

std::optional<Refusal> add_line(Lines& lines, const json::JsonNode& node, std::size_t index) {
  const std::string section = json::indexed("drugdetail", index);
  const std::string path = "input." + section;
  json::FieldValues values{kLine};
  if (auto fault = json::read_fields(node, path, values)) return fault;
  const Fen own_pay = values.money_or_zero("fulamt_ownpay_amt");
  const auto whole = values.money("det_item_fee_sumamt");
  if (whole && own_pay > *whole)
    return Refusal{Reason::kIdentity,
                   path + " fulamt_ownpay_amt " + to_yuan_text(own_pay) +
                       " > det_item_fee_sumamt " + to_yuan_text(*whole),
                   {},
                   {}};
  if (own_pay.is_positive())
    lines.own_pay.push_back({std::string{values.text("med_list_codg")}, own_pay});
  json::append_section(lines.canonical, section, values);
  if (lines.name_goods) append_goods(lines.goods, values);
  return std::nullopt;
}

// Absent = a sale without lines.
std::optional<Refusal> add_lines(Lines& lines, const json::JsonNode& input) {
  const auto rows = json::read_rows(input, "input", "drugdetail", kLinesMax);
  if (!rows) return rows.error();
  for (std::size_t i = 0; i < rows->size(); ++i)
    if (auto fault = add_line(lines, *(*rows)[i], i)) return fault;
  return std::nullopt;
}

struct Sale {
  SettleCommand command;
  std::string canonical;
  std::string goods;
};

Result<Sale, Refusal> read_sale(const ReadContext& context) {
  const auto node = json::read_child(context.input, "input", "druginfo");
  if (!node) return node.error();
  if (*node == nullptr || !(*node)->is_object())
    return json::wrong_field("input", "druginfo", "应为对象，不能为空");
  json::FieldValues values{kSale};
  if (auto fault = json::read_fields(**node, kPath, values)) return *std::move(fault);
  Lines lines;
  lines.name_goods = context.institution.duplicate_window != std::chrono::seconds{0};
  json::append_section(lines.canonical, "druginfo", values);
  if (auto fault = add_lines(lines, context.input)) return *std::move(fault);
  auto command = read_settle_command(values, kPath, context, std::move(lines.own_pay));
  if (!command) return command.error();
  return Sale{std::move(command).value(), std::move(lines.canonical), std::move(lines.goods)};
}

}  // namespace

Result<Reading, Refusal> read_pharmacy_quote(const ReadContext& context) {
  auto sale = read_sale(context);
  if (!sale) return sale.error();
  return Reading{QuoteQuery{std::move(sale->command)}, std::move(sale->canonical), {}};
}

// Before its answer arrives nothing but the message names a sale. An institution may have goods
// that are sold to the same person twice in a row taken for one sale sent twice.
Result<Reading, Refusal> read_pharmacy_sale(const ReadContext& context) {
  auto sale = read_sale(context);
  if (!sale) return sale.error();
  Reading reading{std::move(sale->command), std::move(sale->canonical), {}};
  const Institution& institution = context.institution;
  if (institution.duplicate_window == std::chrono::seconds{0}) return reading;
  const auto& bill = std::get<SettleCommand>(reading.ask);
  reading.duplicate_window = institution.duplicate_window;
  reading.business_hash = key_hash({"sale", institution.code.text(), bill.patient.text(),
                                    to_yuan_text(bill.parts.medfee_sum), sale->goods});
  return reading;
}

}  // namespace gongji::gateway::wire
