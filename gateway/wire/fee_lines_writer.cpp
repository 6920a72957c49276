#include "gateway/wire/fee_lines_writer.hpp"

#include <vector>

#include "gateway/json/canonical_text.hpp"
#include "gateway/json/decimal.hpp"

namespace gongji::gateway::wire {
namespace {

struct Line {
  std::string number;  // feedetl_sn
  Fen amount;
  std::int64_t count = 0;  // four decimals
  std::int64_t price = 0;  // six decimals
  Fen own_pay;
};

// The canonical text was written from parsed values, so what does not parse was not sent.
Fen money_in(std::string_view text) {
  const auto parsed = json::parse_money(text);
  return parsed ? *parsed : Fen{};
}

std::int64_t scaled_in(std::string_view text, unsigned scale) {
  const auto parsed = json::parse_rounded(text, scale);
  return parsed ? *parsed : 0;
}

void take_field(Line& line, const json::CanonicalLine& field) {
  if (field.name == "feedetl_sn") line.number = field.text();
  if (field.name == "det_item_fee_sumamt") line.amount = money_in(field.value);
  if (field.name == "cnt") line.count = scaled_in(field.value, 4);
  if (field.name == "pric") line.price = scaled_in(field.value, 6);
  if (field.name == "fulamt_ownpay_amt") line.own_pay = money_in(field.value);
}

std::vector<Line> read_lines(std::string_view list, std::string_view business_input) {
  std::vector<Line> lines;
  bool in_list = false;
  while (const auto next = json::take_canonical_line(business_input)) {
    if (next->is_heading) {
      in_list = next->name.substr(0, next->name.find('[')) == list;
      if (in_list) lines.emplace_back();
    } else if (in_list) {
      take_field(lines.back(), *next);
    }
  }
  return lines;
}

void spread_unclaimed(std::vector<Line>& lines, Fen full_own_pay) {
  for (const Line& line : lines) full_own_pay -= line.own_pay;
  for (auto line = lines.rbegin(); line != lines.rend() && full_own_pay.is_positive(); ++line) {
    const Fen part = min(full_own_pay, max(line->amount - line->own_pay, Fen{}));
    line->own_pay += part;
    full_own_pay -= part;
  }
}

// 01 wholly in scope, 02 partly, 03 wholly paid by the patient.
std::string_view level_of(const Line& line) {
  if (line.own_pay.is_zero()) return "01";
  return line.own_pay < line.amount ? "02" : "03";
}

void write_line(json::JsonWriter& out, const Line& line, std::string_view item_type) {
  constexpr std::string_view kNoLimitNoShare =
      R"("pric_uplmt_amt":999999.000000,"selfpay_prop":0.0000)";
  constexpr std::string_view kNothingElse = R"("overlmt_amt":0.00,"preselfpay_amt":0.00)";
  constexpr std::string_view kNotInOurBooks =
      R"("bas_medn_flag":"","hi_nego_drug_flag":"","chld_medc_flag":"",)"
      R"("list_sp_item_flag":"","drt_reim_flag":"","memo":"")";
  out.begin_object();
  out.text("feedetl_sn", line.number);
  out.money("det_item_fee_sumamt", line.amount);
  out.decimal("cnt", line.count, 4);
  out.decimal("pric", line.price, 6);
  out.fields(kNoLimitNoShare);
  out.money("fulamt_ownpay_amt", line.own_pay);
  out.fields(kNothingElse);
  out.money("inscp_scp_amt", line.amount - line.own_pay);
  out.text("chrgitm_lv", level_of(line));
  out.text("med_chrgitm_type", item_type);
  out.fields(kNotInOurBooks);
  out.end_object();
}

}  // namespace

void write_fee_lines(json::JsonWriter& out, const FeeLines& lines, std::string_view business_input,
                     Fen full_own_pay) {
  std::vector<Line> shown = read_lines(lines.sent, business_input);
  spread_unclaimed(shown, full_own_pay);
  out.begin_array(lines.answered);
  for (const Line& line : shown) write_line(out, line, lines.item_type);
  out.end_array();
}

}  // namespace gongji::gateway::wire
