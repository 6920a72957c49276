#include "gateway/reconciliation/detail_line.hpp"

#include <algorithm>
#include <array>

#include "gateway/json/decimal.hpp"

namespace gongji::gateway::reconciliation {
namespace {

constexpr std::size_t kFields = 7;
constexpr std::size_t kIdCharactersMax = 30;

using Fields = std::array<std::string_view, kFields>;

// How many there are, further ones counted but not kept.
std::size_t split(std::string_view line, Fields& fields) {
  std::size_t count = 0;
  for (;;) {
    const std::size_t end = line.find('\t');
    const std::string_view field = line.substr(0, end);
    if (count < kFields) fields[count] = field == "null" ? std::string_view{} : field;
    ++count;
    if (end == std::string_view::npos) return count;
    line.remove_prefix(end + 1);
  }
}

std::string wrong(std::string_view field, std::string_view rule) {
  return std::string{field} + ' ' + std::string{rule};
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kIdCharactersMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

Result<DetailLine, std::string> parse_detail_line(std::string_view line) {
  Fields fields;
  const std::size_t count = split(line, fields);
  if (count < kFields)
    return "应有" + std::to_string(kFields) + "列，实有" + std::to_string(count) + "列";
  constexpr std::array<std::string_view, 3> kIds{"setl_id", "mdtrt_id", "psn_no"};
  for (std::size_t i = 0; i < kIds.size(); ++i)
    if (!is_id(fields[i])) return wrong(kIds[i], "应为1到30个可见字符");
  DetailLine parsed{fields[0], fields[1], fields[2], {}, {}, {}, false};
  const struct {
    std::string_view name;
    std::string_view text;
    Fen& amount;
  } kAmounts[] = {{"medfee_sumamt", fields[3], parsed.total},
                  {"fund_pay_sumamt", fields[4], parsed.pooled},
                  {"acct_pay", fields[5], parsed.account}};
  for (const auto& [name, text, amount] : kAmounts) {
    const auto parsed_amount = parse_signed_money(text);
    if (!parsed_amount) return wrong(name, parsed_amount.error());
    amount = *parsed_amount;
  }
  const auto refund = parse_refund_flag(fields[6]);
  if (!refund) return wrong("refd_setl_flag", "应为0或1，000或001");
  parsed.refund = *refund;
  return parsed;
}

std::optional<bool> parse_refund_flag(std::string_view text) {
  constexpr std::size_t kWidthMax = 3;
  if (text.empty() || text.size() > kWidthMax) return std::nullopt;
  const std::string_view leading = text.substr(0, text.size() - 1);
  if (leading.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
  if (text.back() != '0' && text.back() != '1') return std::nullopt;
  return text.back() == '1';
}

Result<Fen, std::string> parse_signed_money(std::string_view text) {
  const bool negative = text.starts_with('-');
  const auto amount = json::parse_money(negative ? text.substr(1) : text);
  if (!amount) return std::string{json::rule_text(amount.error())};
  return negative ? -*amount : *amount;
}

void append_result_line(std::string& out, const ResultLine& line, bool six_digits) {
  for (const std::string_view text :
       {std::string_view{line.psn_no}, std::string_view{line.mdtrt_id},
        std::string_view{line.setl_id}, std::string_view{line.msgid},
        to_stmt_rslt(line.verdict, six_digits)}) {
    out += text;
    out += '\t';
  }
  if (six_digits) out += "00";
  out += line.refund ? '1' : '0';
  out += '\t';
  out += line.memo;
  for (const Fen amount : {line.total, line.pooled, line.account}) {
    out += '\t';
    json::append_decimal(out, amount.count(), 2);
  }
  out += '\n';
}

}  // namespace gongji::gateway::reconciliation
