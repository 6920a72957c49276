// What the core system says of persons and their accounts. Part of ledger_model.hpp.
#include <algorithm>

#include "tests/domain/rules/model/ledger_model.hpp"

namespace gongji::model {

std::string LedgerModel::report(const Operation& op) {
  Human& human = humans_[static_cast<std::size_t>(op.who)];
  const std::string twice = human.twice_insured ? "yes" : "no";
  std::map<std::string, std::string> known{{"status", std::to_string(human.status)},
                                           {"area", human.area},
                                           {"twice", twice},
                                           {"main", human.main_account},
                                           {"account", human.account},
                                           {"group", human.group}};
  if (known.at(op.what) == op.value) return "nothing";
  known[op.what] = op.value;
  human.status = std::stoi(known["status"]);
  human.area = known["area"];
  human.twice_insured = known["twice"] == "yes";
  human.main_account = known["main"];
  human.account = known["account"];
  human.group = known["group"];
  if (human.account == "closed") disband(op.who);
  return "ok";
}

std::string LedgerModel::credit(const Operation& op) {
  Human& human = humans_[static_cast<std::size_t>(op.who)];
  if (human.scheme != "employee") return "E_NOT_EMPLOYEE";
  if (human.account == "closed") return "E_ACCOUNT_UNUSABLE";
  if (op.what == "carryover") {
    human.carryover += op.amount;
    return "ok";
  }
  if (family_of_area(op.who) != "SH") return "E_FIELD";
  human.current[insurance_year(today_)] += op.amount;
  return "ok";
}

std::string LedgerModel::debit(const Operation& op) {
  Human& human = humans_[static_cast<std::size_t>(op.who)];
  if (human.scheme != "employee") return "E_NOT_EMPLOYEE";
  if (human.account == "closed") return "E_ACCOUNT_UNUSABLE";
  const bool current = op.what == "current_year";
  if (op.amount > (current ? human.current_year() : human.carryover)) return "E_FIELD";
  take(draw(op.who, {current}, op.amount, 0));
  return "ok";
}

// SH-36.
std::string LedgerModel::roll(const Operation& op) {
  Human& human = humans_[static_cast<std::size_t>(op.who)];
  const bool rolls = human.scheme == "employee" && family_of_area(op.who) == "SH";
  if (!rolls || human.account == "closed") return "nothing";
  if (human.rolled >= op.year && !twisted(Twist::kRollTwice)) return "nothing";
  if (op.year >= insurance_year(today_)) return "E_FIELD";
  for (auto& [year, amount] : human.current) {
    if (year > op.year && !twisted(Twist::kRollTakesTheNewYear)) continue;
    human.carryover += amount;
    amount = 0;
  }
  human.carryover += op.amount;
  human.rolled = std::max(human.rolled, op.year);
  return "ok";
}

std::string LedgerModel::transfer_out(int number) {
  Human& human = humans_[static_cast<std::size_t>(number)];
  if (human.scheme != "employee") return "E_NOT_EMPLOYEE";
  if (human.account == "closed") return "E_ACCOUNT_UNUSABLE";
  const Amount left = human.carryover + human.current_year();
  human.carryover = 0;
  human.current.clear();
  human.account = "closed";
  disband(number);
  return "left " + yuan_text(left);
}

}  // namespace gongji::model
