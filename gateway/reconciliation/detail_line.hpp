// The two line formats of reconciliation files: what an institution uploads, and what the result
// says. UTF-8, fields separated by TAB, no header; the literal `null` stands for an empty field.
//
//   uploaded  setl_id mdtrt_id psn_no medfee_sumamt fund_pay_sumamt acct_pay refd_setl_flag [more
//   …] result    psn_no mdtrt_id setl_id msgid stmt_rslt refd_setl_flag memo medfee_sumamt
//             fund_pay_sumamt acct_pay
#pragma once

#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "gateway/reconciliation/totals.hpp"

namespace gongji::gateway::reconciliation {

// Views into the line.
struct DetailLine {
  std::string_view setl_id;
  std::string_view mdtrt_id;
  std::string_view psn_no;
  Fen total;
  Fen pooled;
  Fen account;
  bool refund = false;
};

// The error is the rule the line breaks, for the institution to read.
Result<DetailLine, std::string> parse_detail_line(std::string_view line);

// "0", "00", "000" no, "1", "01", "001" yes; nothing for anything else.
std::optional<bool> parse_refund_flag(std::string_view text);

// "-12.00": money as in messages, with a minus sign in front where it is negative. The error is the
// rule it breaks.
Result<Fen, std::string> parse_signed_money(std::string_view text);

struct ResultLine {
  std::string psn_no;
  std::string mdtrt_id;
  std::string setl_id;
  std::string msgid;  // what the institution may name as omsgid in a 2601; "" = there is none
  Verdict verdict = Verdict::kDiffers;
  bool refund = false;
  std::string memo;
  Fen total;
  Fen pooled;
  Fen account;
};

// With six digits the flag has its three, too.
void append_result_line(std::string& out, const ResultLine& line, bool six_digits);

}  // namespace gongji::gateway::reconciliation
