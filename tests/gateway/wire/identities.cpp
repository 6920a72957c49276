#include "tests/gateway/wire/identities.hpp"

#include <charconv>
#include <map>

#include "gateway/json/json_document.hpp"
#include "tests/gateway/json/padded.hpp"

namespace gongji::gateway::testing {
namespace {

using Amounts = std::map<std::string, long long, std::less<>>;

// "-86.50" → -8650; texts that are no amount with two decimals are left out.
void add_amount(Amounts& amounts, const json::JsonNode& node) {
  const std::string_view text = node.text;
  if (node.kind != json::NodeKind::kNumber || text.size() < 4 || text[text.size() - 3] != '.')
    return;
  std::string digits{text};
  digits.erase(digits.size() - 3, 1);
  long long value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  amounts[std::string{node.key}] += value;
}

struct Answer {
  Amounts info;    // setlinfo
  Amounts detail;  // setldetail, rows added up
  Amounts lines;   // detlcutinfo, rows added up
};

Answer read_answer(const json::JsonNode& node, Answer answer = {}) {
  for (const json::JsonNode& child : json::children(node)) {
    if (child.key == "setlinfo")
      for (const json::JsonNode& field : json::children(child)) add_amount(answer.info, field);
    if (child.key == "setldetail" || child.key == "detlcutinfo")
      for (const json::JsonNode& row : json::children(child))
        for (const json::JsonNode& field : json::children(row))
          add_amount(child.key == "setldetail" ? answer.detail : answer.lines, field);
    if (child.key == "output") answer = read_answer(child, answer);
  }
  return answer;
}

struct Check {
  std::string broken;
  void equal(const char* identity, long long left, long long right) {
    if (left != right && broken.empty())
      broken = std::string{identity} + ": " + std::to_string(left) + " != " + std::to_string(right);
  }
  void at_most(const char* identity, long long left, long long right) {
    if (left > right && broken.empty())
      broken = std::string{identity} + ": " + std::to_string(left) + " > " + std::to_string(right);
  }
};

}  // namespace

std::string broken_identity_in(std::string_view body, bool acct_includes_mulaid) {
  json::JsonDocument document;
  const Padded text{body};
  const json::JsonNode* root = document.read(text.view());
  if (root == nullptr) return "no JSON";
  Answer answer = read_answer(*root);
  Amounts& a = answer.info;
  if (!a.contains("medfee_sumamt")) return "no setlinfo";
  const long long mulaid_beside = acct_includes_mulaid ? 0 : a["acct_mulaid_pay"];
  const long long sign = a["medfee_sumamt"] < 0 ? -1 : 1;
  Check check;
  check.equal("1", a["medfee_sumamt"],
              a["fund_pay_sumamt"] + a["psn_part_amt"] + a["hosp_part_amt"]);
  check.equal("2", a["psn_part_amt"], a["acct_pay"] + mulaid_beside + a["psn_cash_pay"]);
  check.at_most("3", 0, sign * a["acct_mulaid_pay"]);
  if (acct_includes_mulaid) check.at_most("3", sign * a["acct_mulaid_pay"], sign * a["acct_pay"]);
  check.equal("4", a["fund_pay_sumamt"],
              a["hifp_pay"] + a["cvlserv_pay"] + a["hifes_pay"] + a["hifmi_pay"] + a["hifob_pay"] +
                  a["maf_pay"] + a["oth_pay"] + a["hifdm_pay"]);
  check.equal(
      "5", a["medfee_sumamt"],
      a["fulamt_ownpay_amt"] + a["overlmt_selfpay"] + a["preselfpay_amt"] + a["inscp_scp_amt"]);
  if (!answer.detail.empty())
    check.equal("6", answer.detail["fund_payamt"],
                a["fund_pay_sumamt"] + a["acct_pay"] + mulaid_beside + a["hosp_part_amt"]);
  if (!answer.lines.empty())
    check.equal("lines", answer.lines["fulamt_ownpay_amt"] + answer.lines["inscp_scp_amt"],
                answer.lines["det_item_fee_sumamt"]);
  return check.broken;
}

}  // namespace gongji::gateway::testing
