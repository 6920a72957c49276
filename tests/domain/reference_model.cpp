#include "tests/domain/reference_model.hpp"

#include <algorithm>
#include <numeric>

namespace gongji::reference {
namespace {

constexpr Amount kShanxiFloor = 1000'00;

bool out_of_window(const Situation& s, const Fund& f) {
  return s.province == "Shanxi" && (s.today < f.from_day || s.today > f.to_day);
}

// What stands against this fund, in the fixed order of the rulebook; "" when nothing does.
std::string objection(const Situation& s, const Fund& f) {
  const bool shanghai = s.province == "Shanghai";
  const bool shanxi = s.province == "Shanxi";
  const Amount pot = shanghai ? f.carryover : f.carryover + f.current_year;

  std::vector<std::string> objections;
  const auto object = [&](bool applies, const char* code) {
    if (applies) objections.emplace_back(code);
  };
  object(out_of_window(s, f), "E_WINDOW");
  object(!s.insured_here || (s.scheme == "help" && !shanghai), "E_NOT_INSURED");
  object(s.status == 4 || (shanxi && f.status == 4), "E_NOT_INSURED");
  object(s.status == 2 || (shanxi && f.status == 2), "E_SUSPENDED");
  object(shanxi && (s.main_account == "none" || f.main_account == "none"), "E_DUP_INSURED");
  object(shanxi && (s.main_account == "wrong" || f.main_account == "wrong"), "E_WRONG_MAIN");
  object(shanxi && f.place_changed, "E_PLACE_CHANGED");
  object(!f.account_usable, "E_ACCOUNT_UNUSABLE");
  object(shanghai && !f.modes_confirmed, "E_MODE_UNCONFIRMED");
  object(f.modes_confirmed && !f.pay_mode, "E_MODE_OFF");
  object(!s.designated, "E_NOT_DESIGNATED");
  object(!s.place_inside, "E_OUT_OF_PROVINCE");
  object(!shanxi && pot == 0, "E_FUND_EMPTY");
  object(shanxi && pot <= kShanxiFloor, "E_FLOOR");
  object(shanxi && f.quota_left == 0, "E_QUOTA");
  return objections.empty() ? "" : objections.front();
}

Amount most(const Situation& s, const Fund& f) {
  if (s.province == "Shanghai") return f.carryover;
  if (s.province == "Beijing") return f.carryover + f.current_year;
  return std::min(f.carryover + f.current_year - kShanxiFloor, f.quota_left);
}

// Whoever is insured elsewhere and has no fund here today lives by rules unknown to us.
bool ruled_here(const Situation& s) {
  return s.insured_here || s.organises ||
         std::any_of(s.funds.begin(), s.funds.end(),
                     [&](const Fund& f) { return !out_of_window(s, f); });
}

// The whole account; in Shanghai, and where the rules are unknown, the carry-over only.
Amount own_purse(const Situation& s) {
  if (s.scheme != "employee" || !s.account_usable || !s.use_account) return 0;
  const bool carryover_only = s.province == "Shanghai" || !ruled_here(s);
  return carryover_only ? s.carryover : s.carryover + s.current_year - s.taken;
}

std::string why_nothing(const Situation& s) {
  if (s.funds.empty()) return s.organises ? "" : "E_NO_NETWORK";
  return s.funds.size() == 1 ? objection(s, s.funds.front()) : "?";
}

}  // namespace

Verdict judge(const Situation& s) {
  Verdict verdict;
  verdict.from_fund.assign(s.funds.size(), 0);
  const bool list_counts = s.province == "Shanghai" && s.pharmacy && ruled_here(s);
  const Amount back_in = list_counts ? std::min(s.listed, s.own_pay) : 0;
  const Amount bill = s.patient_part - s.taken - s.own_pay + back_in;
  if (bill < 0) return {true, "E_IDENTITY", 0, verdict.from_fund, 0};
  if (s.taken > s.current_year) return {true, "E_FIELD", 0, verdict.from_fund, 0};

  verdict.own = std::min(bill, own_purse(s));
  verdict.cash = bill - verdict.own;
  const bool family_asked = s.use_account && s.use_family && verdict.cash > 0;
  if (!family_asked) return verdict;
  for (std::size_t i = 0; i < s.funds.size(); ++i) {
    if (!objection(s, s.funds[i]).empty()) continue;
    verdict.from_fund[i] = std::min(verdict.cash, most(s, s.funds[i]));
    verdict.cash -= verdict.from_fund[i];
  }
  const Amount family = std::accumulate(verdict.from_fund.begin(), verdict.from_fund.end(), 0LL);
  if (family == 0) verdict.reason = why_nothing(s);
  return verdict;
}

}  // namespace gongji::reference
