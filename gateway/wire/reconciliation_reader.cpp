#include "gateway/wire/reconciliation_reader.hpp"

#include <array>
#include <charconv>

#include "gateway/reconciliation/detail_line.hpp"
#include "gateway/wire/data_node.hpp"
#include "gateway/wire/file_array.hpp"

namespace gongji::gateway::wire {
namespace {

using json::FieldKind;
using json::kRequired;
namespace recon = reconciliation;

constexpr std::array<json::FieldSpec, 14> kTotals{{
    {"insutype", FieldKind::kId, 6, kRequired},
    {"clr_type", FieldKind::kId, 6, kRequired},
    {"setl_optins", FieldKind::kId, 6},
    {"clr_optins", FieldKind::kId, 6},
    {"stmt_begndate", FieldKind::kId, 19, kRequired},
    {"stmt_enddate", FieldKind::kId, 19, kRequired},
    {"medfee_sumamt", FieldKind::kId, 20, kRequired},
    {"fund_pay_sumamt", FieldKind::kId, 20, kRequired},
    {"acct_pay", FieldKind::kId, 20},
    {"cash_payamt", FieldKind::kId, 20},
    {"fixmedins_setl_cnt", FieldKind::kId, 10, kRequired},
    {"refd_setl_flag", FieldKind::kFlag},
    {"REFD_SETL_FLAG", FieldKind::kFlag},
    {"expContent", FieldKind::kOpaque, 4000},
}};

// The amounts are for information: senders fill cash_payamt with three different things.
constexpr std::array<json::FieldSpec, 15> kDetails{{
    {"insutype", FieldKind::kId, 6},
    {"setl_optins", FieldKind::kId, 6},
    {"clr_optins", FieldKind::kId, 6},
    {"clr_type", FieldKind::kId, 6},
    {"file_qury_no", FieldKind::kId, 31, kRequired},
    {"stmt_begndate", FieldKind::kId, 19, kRequired},
    {"stmt_enddate", FieldKind::kId, 19, kRequired},
    {"medfee_sumamt", FieldKind::kId, 20},
    {"fund_pay_sumamt", FieldKind::kId, 20},
    {"acct_pay", FieldKind::kId, 20},
    {"cash_payamt", FieldKind::kId, 20},
    {"fixmedins_setl_cnt", FieldKind::kId, 10},
    {"refd_setl_flag", FieldKind::kFlag},
    {"REFD_SETL_FLAG", FieldKind::kFlag},
    {"expContent", FieldKind::kOpaque, 4000},
}};

constexpr std::array<json::FieldSpec, 2> kUpload{{
    {"filename", FieldKind::kId, 200, kRequired},
    {"fixmedins_code", FieldKind::kId, 30},
}};

constexpr std::array<json::FieldSpec, 3> kDownload{{
    {"file_qury_no", FieldKind::kId, 31, kRequired},
    {"filename", FieldKind::kText, 200},
    {"fixmedins_code", FieldKind::kId, 30},
}};

constexpr std::string_view kPath = "input.data";
constexpr int kDaysMax = 31;

Refusal wrong(std::string_view field, std::string_view rule) {
  return json::wrong_field(kPath, field, rule);
}

// "2026-11-22", or the same with a time behind it.
std::optional<CivilDate> read_date(const json::FieldValues& values, std::string_view field) {
  return parse_date(values.text(field).substr(0, 10));
}

Result<recon::Days, Refusal> read_days(const json::FieldValues& values) {
  const auto from = read_date(values, "stmt_begndate");
  if (!from) return wrong("stmt_begndate", "应为yyyy-MM-dd");
  const auto to = read_date(values, "stmt_enddate");
  if (!to) return wrong("stmt_enddate", "应为yyyy-MM-dd");
  const auto days = (std::chrono::sys_days{*to} - std::chrono::sys_days{*from}).count() + 1;
  if (days < 1 || days > kDaysMax)
    return wrong("stmt_enddate", "应在stmt_begndate当日至其后30日内");
  return recon::Days{*from, *to};
}

// Under the first of the two names that is there.
std::string_view either(const json::FieldValues& values, std::string_view name,
                        std::string_view other) {
  return values.has(name) ? name : other;
}

Result<recon::LedgerQuery, Refusal> read_query(const ReconciliationContext& context,
                                               const json::FieldValues& values) {
  const auto days = read_days(values);
  if (!days) return days.error();
  const std::string_view area{values.text(either(values, "setl_optins", "clr_optins"))};
  if (area.empty()) return wrong("setl_optins", "不能为空");
  recon::LedgerQuery query;
  query.institution = context.institution.code;
  query.days = *days;
  query.selection = {std::string{values.text("insutype")}, std::string{values.text("clr_type")},
                     std::string{area}};
  query.cancel_as_two_lines = context.institution.cancel_as_two_lines;
  query.policy = context.policy;
  return query;
}

Result<recon::Totals, Refusal> read_stated(const json::FieldValues& values) {
  recon::Totals stated;
  const std::string_view count = values.text("fixmedins_setl_cnt");
  const char* const end = count.data() + count.size();
  if (std::from_chars(count.data(), end, stated.count).ptr != end)
    return wrong("fixmedins_setl_cnt", "应为整数");
  const std::string_view account = either(values, "acct_pay", "cash_payamt");
  if (!values.has(account)) return wrong("acct_pay", "不能为空");
  const struct {
    std::string_view field;
    Fen& sum;
  } kSums[] = {{"medfee_sumamt", stated.total},
               {"fund_pay_sumamt", stated.pooled},
               {account, stated.account}};
  for (const auto& [field, sum] : kSums) {
    const auto amount = recon::parse_signed_money(values.text(field));
    if (!amount) return wrong(field, amount.error());
    sum = *amount;
  }
  return stated;
}

Result<recon::Order, Refusal> read_totals(const ReconciliationContext& context) {
  const auto values = read_data(context.input, kTotals);
  if (!values) return values.error();
  auto query = read_query(context, *values);
  if (!query) return std::move(query).error();
  const auto stated = read_stated(*values);
  if (!stated) return stated.error();
  return recon::Order{
      recon::TotalsOrder{std::move(query).value(), *stated, context.institution.six_digit_results}};
}

Result<recon::Order, Refusal> read_compare(const ReconciliationContext& context) {
  const auto values = read_data(context.input, kDetails);
  if (!values) return values.error();
  auto query = read_query(context, *values);
  if (!query) return std::move(query).error();
  return recon::Order{recon::CompareOrder{std::move(query).value(),
                                          std::string{values->text("file_qury_no")},
                                          context.institution.six_digit_results}};
}

// The node of a file transaction, read; it may only speak of the caller's own institution.
Result<const json::JsonNode*, Refusal> read_file_node(const ReconciliationContext& context,
                                                      std::string_view name,
                                                      json::FieldValues& values) {
  const auto node = json::read_child(context.input, "input", name);
  if (!node) return node.error();
  if (*node == nullptr || !(*node)->is_object())
    return json::wrong_field("input", name, "应为对象，不能为空");
  const std::string path = "input." + std::string{name};
  if (auto fault = json::read_fields(**node, path, values)) return *std::move(fault);
  const std::string_view code = values.text("fixmedins_code");
  if (!code.empty() && code != context.institution.code.text())
    return Refusal{Reason::kForbidden, path + ".fixmedins_code 与报文的机构不符", {}, {}};
  return *node;
}

Result<recon::Order, Refusal> read_upload(const ReconciliationContext& context) {
  json::FieldValues values{kUpload};
  const auto node = read_file_node(context, "fsUploadIn", values);
  if (!node) return node.error();
  recon::UploadOrder order{context.institution.code, std::string{values.text("filename")}, {}};
  if (context.streamed_file != nullptr) {
    order.file = std::move(context.streamed_file->bytes);
  } else {
    const auto array = json::read_child(**node, "input.fsUploadIn", "in");
    if (!array) return array.error();
    auto file = *array == nullptr ? std::nullopt : file_in_array(**array);
    if (!file) return json::wrong_field("input.fsUploadIn", "in", "应为字节数组，每个数-128至255");
    order.file = *std::move(file);
  }
  if (order.file.size() == 0) return json::wrong_field("input.fsUploadIn", "in", "不能为空");
  return recon::Order{std::move(order)};
}

Result<recon::Order, Refusal> read_download(const ReconciliationContext& context) {
  json::FieldValues values{kDownload};
  const auto node = read_file_node(context, "fsDownloadIn", values);
  if (!node) return node.error();
  return recon::Order{
      recon::DownloadOrder{context.institution.code, std::string{values.text("file_qury_no")}}};
}

}  // namespace

Result<recon::Order, Refusal> read_reconciliation(const ReconciliationContext& context) {
  if (context.infno == "3201") return read_totals(context);
  if (context.infno == "3202") return read_compare(context);
  if (context.infno == "9101") return read_upload(context);
  return read_download(context);
}

}  // namespace gongji::gateway::wire
