#include "tests/domain/rules/model/operation.hpp"

#include <array>

namespace gongji::model {
namespace {

constexpr std::array<const char*, kKinds> kNames{
    "settle", "settle-as-quoted", "cancel",  "undo",  "reapply",      "refund",     "form",
    "bind",   "rebind",           "correct", "modes", "unbind",       "leave",      "disband",
    "report", "credit",           "debit",   "roll",  "transfer-out", "contribute", "tax",
    "insurer"};

std::string number(const char* what, Amount value) {
  return std::string{" "} + what + "=" + std::to_string(value);
}

std::string text_of(const Tie& tie) {
  std::string text = " [p" + std::to_string(tie.member) + " " + tie.relation;
  if (tie.quota) text += number("quota", *tie.quota);
  if (tie.from) text += number("from", *tie.from);
  if (tie.to) text += number("to", *tie.to);
  for (const std::string& mode : tie.modes) text += " " + mode;
  return text + "]";
}

std::string text_of(const BillOf& bill) {
  std::string text = number("total", bill.total) + number("pooled", bill.pooled) +
                     number("hospital", bill.hospital) + number("own_pay", bill.own_pay) +
                     number("listed", bill.listed) + number("taken", bill.taken) + " in " +
                     bill.place;
  if (bill.pharmacy) text += " pharmacy";
  if (!bill.designated) text += " undesignated";
  if (!bill.own_card) text += " another's card";
  if (!bill.use_account) text += " no-account";
  if (!bill.use_family) text += " no-family";
  return text;
}

}  // namespace

const char* name_of(Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::string text_of(const Operation& op) {
  std::string text =
      "day " + std::to_string(op.day) + " " + name_of(op.kind) + " p" + std::to_string(op.who);
  if (op.other >= 0) text += " p" + std::to_string(op.other);
  if (op.target >= 0) text += number("target", op.target);
  if (op.kind <= Kind::kSettleAsQuoted || op.kind == Kind::kRefund) text += text_of(op.bill);
  if (op.kind == Kind::kSettleAsQuoted)
    text += number("quoted", op.quoted.own) + number("+", op.quoted.family) +
            number("+", op.quoted.cash);
  if (!op.family.empty()) text += " " + op.family;
  for (const Tie& tie : op.ties) text += text_of(tie);
  for (const std::string& mode : op.modes) text += " " + mode;
  if (!op.what.empty()) text += " " + op.what + " " + op.value;
  if (op.amount != 0) text += number("amount", op.amount);
  if (op.year != 0) text += number("year", op.year);
  if (!op.purpose.empty()) text += " " + op.purpose + " " + op.product;
  return text + (op.accepted ? "" : " refused");
}

}  // namespace gongji::model
