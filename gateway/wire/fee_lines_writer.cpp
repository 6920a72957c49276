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
Fen money(const json::CanonicalSection& section, std::string_view field) {
  const auto parsed = json::parse_money(section.value(field));
  return parsed ? *parsed : Fen{};
}

std::int64_t scaled(const json::CanonicalSection& section, std::string_view field, unsigned scale) {
  const auto parsed = json::parse_rounded(section.value(field), scale);
  return parsed ? *parsed : 0;
}

std::vector<Line> read_lines(std::string_view list, std::string_view business_input) {
  std::vector<Line> lines;
  for (const json::CanonicalSection& section : json::parse_canonical(business_input)) {
    if (section.name.substr(0, section.name.find('[')) != list) continue;
    lines.push_back({std::string{section.value("feedetl_sn")},
                     money(section, "det_item_fee_sumamt"), scaled(section, "cnt", 4),
                     scaled(section, "pric", 6), money(section, "fulamt_ownpay_amt")});
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
  constexpr std::int64_t kNoPriceLimit = 999'999'000'000;  // 999999.000000
  out.begin_object();
  out.text("feedetl_sn", line.number);
  out.money("det_item_fee_sumamt", line.amount);
  out.decimal("cnt", line.count, 4);
  out.decimal("pric", line.price, 6);
  out.decimal("pric_uplmt_amt", kNoPriceLimit, 6);
  out.decimal("selfpay_prop", 0, 4);
  out.money("fulamt_ownpay_amt", line.own_pay);
  out.money("overlmt_amt", Fen{});
  out.money("preselfpay_amt", Fen{});
  out.money("inscp_scp_amt", line.amount - line.own_pay);
  out.text("chrgitm_lv", level_of(line));
  out.text("med_chrgitm_type", item_type);
  for (const std::string_view flag : {"bas_medn_flag", "hi_nego_drug_flag", "chld_medc_flag",
                                      "list_sp_item_flag", "drt_reim_flag", "memo"})
    out.text(flag, "");
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
