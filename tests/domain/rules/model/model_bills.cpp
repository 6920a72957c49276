// Bills, reversals, refunds. Part of ledger_model.hpp.
#include <algorithm>

#include "tests/domain/rules/model/ledger_model.hpp"

namespace gongji::model {
namespace {

Amount sum_of(const std::vector<Piece>& pieces) {
  Amount sum = 0;
  for (const Piece& piece : pieces) sum += piece.amount;
  return sum;
}

std::string text_of(const std::vector<Piece>& pieces) {
  std::string text;
  for (const Piece& piece : pieces)
    text += " p" + std::to_string(piece.owner) + "/" + std::to_string(piece.year) + ":" +
            yuan_text(piece.amount);
  return text;
}

std::vector<Piece> all_of(const Posted& posted) {
  std::vector<Piece> pieces = posted.own;
  pieces.insert(pieces.end(), posted.family.begin(), posted.family.end());
  pieces.insert(pieces.end(), posted.taken.begin(), posted.taken.end());
  return pieces;
}

}  // namespace

std::string LedgerModel::told(const Verdict& verdict, int patient) const {
  if (!verdict.refusal.empty()) return verdict.refusal;
  const Posted& posted = verdict.posted;
  return "own" + text_of(posted.own) + " family" + text_of(posted.family) + " taken" +
         text_of(posted.taken) + " cash " + yuan_text(posted.cash) + " " + verdict.zero_reason +
         flags(posted, patient);
}

// SH-27, SH-29.
std::string LedgerModel::flags(const Posted& posted, int patient) const {
  if (posted.family.empty() || family_of(patient) != "SH") return "";
  const bool pharmacy = posted.asked.bill.pharmacy && !twisted(Twist::kDeductibleAtPharmacies);
  return pharmacy ? " relief=no deductible=no" : " relief=no deductible=yes";
}

LedgerModel::Verdict LedgerModel::judge(int patient, const BillOf& bill) {
  if (!bill.own_card) return {"E_NOT_OWN_CARD", {}, {}};
  const std::string family = family_of(patient);
  Human& human = humans_[static_cast<std::size_t>(patient)];
  Amount rest = bill.total - bill.pooled - bill.hospital - bill.taken - bill.own_pay;
  if (family == "SH" && bill.pharmacy && !twisted(Twist::kListForgotten))
    rest += std::min(bill.listed, bill.own_pay);
  if (rest < 0) return {"E_IDENTITY", {}, {}};
  if (bill.taken > human.current_year()) return {"E_FIELD", {}, {}};

  Verdict verdict;
  verdict.posted.bill = rest;
  verdict.posted.taken = draw(patient, {true}, bill.taken, 0);
  const std::map<int, Amount> before = human.current;
  for (const Piece& piece : verdict.posted.taken) human.current[piece.year] -= piece.amount;
  if (bill.use_account && human.scheme == "employee" && human.account == "usable") {
    const bool whole = family == "SX" || (family == "SH" && twisted(Twist::kOwnCurrentYearFirst));
    const auto buckets = whole ? std::vector<bool>{true, false} : std::vector<bool>{false};
    Amount wanted = rest;
    if (twisted(Twist::kFloorBindsTheHolder) && family == "SX")
      wanted = std::min(wanted, shareable(patient, "SX"));
    verdict.posted.own = draw(patient, buckets, wanted, 0);
    rest -= sum_of(verdict.posted.own);
  }
  human.current = before;
  if (bill.use_account && bill.use_family && rest > 0) {
    Objection last{-1, organises(patient) ? "" : "E_NO_NETWORK"};
    for (const Link& link : links_) {
      if (link.said.member != patient) continue;
      const Objection now = objection_to_bill(link, bill, patient);
      if (!now.code.empty()) {
        if (now.rank > last.rank) last = now;
        continue;
      }
      const std::string& of = networks_.at(link.organiser).family;
      Amount part = std::min(rest, shareable(link.organiser, of));
      if (of == "SX" && !twisted(Twist::kQuotaNeverRunsDown))
        part = std::min(part, link.quota_left);
      for (const Piece& piece : draw_fund(link, part)) verdict.posted.family.push_back(piece);
      rest -= part;
    }
    if (verdict.posted.family.empty()) verdict.zero_reason = last.code;
  }
  verdict.posted.cash = rest;
  return verdict;
}

Split3 LedgerModel::split_now(const Operation& op) {
  today_ = op.day;
  const Verdict verdict = judge(op.who, op.bill);
  return {sum_of(verdict.posted.own), sum_of(verdict.posted.family), verdict.posted.cash};
}

std::string LedgerModel::settle(const Operation& op) {
  Verdict verdict = judge(op.who, op.bill);
  if (!verdict.refusal.empty()) return verdict.refusal;
  verdict.posted.asked = op;
  const Split3 split{sum_of(verdict.posted.own), sum_of(verdict.posted.family),
                     verdict.posted.cash};
  const bool stale = op.kind == Kind::kSettleAsQuoted &&
                     (op.quoted.own != split.own || op.quoted.family != split.family ||
                      op.quoted.cash != split.cash);
  if (stale)
    return "stale " + yuan_text(split.own) + " " + yuan_text(split.family) + " " +
           yuan_text(split.cash);
  const std::string answer = told(verdict, op.who);
  take(all_of(verdict.posted));
  settlements_.push_back(verdict.posted);
  return answer;
}

void LedgerModel::take(const std::vector<Piece>& pieces) {
  for (const Piece& piece : pieces) {
    Human& owner = humans_[static_cast<std::size_t>(piece.owner)];
    (piece.year == 0 ? owner.carryover : owner.current[piece.year]) -= piece.amount;
    Link* link = link_of(piece.link);
    if (link != nullptr && link->said.quota && !twisted(Twist::kQuotaNeverRunsDown))
      link->quota_left -= piece.amount;
  }
}

Amount LedgerModel::give_back(const std::vector<Piece>& pieces) {
  Amount kept = 0;
  for (const Piece& piece : pieces) {
    Human& owner = humans_[static_cast<std::size_t>(piece.owner)];
    const bool rolled = piece.year <= owner.rolled && !twisted(Twist::kRefundToTheOldYear);
    if (owner.account == "closed" && !twisted(Twist::kClosedAccountRefunded)) {
      suspense_[piece.owner] += piece.amount;
      kept += piece.amount;
    } else {
      (piece.year == 0 || rolled ? owner.carryover : owner.current[piece.year]) += piece.amount;
    }
    Link* link = link_of(piece.link);
    if (link != nullptr && link->said.quota && !twisted(Twist::kQuotaNotRefilled))
      link->quota_left += piece.amount;
  }
  return kept;
}

std::string LedgerModel::reverse(const Operation& op) {
  Posted& posted = settlements_.at(static_cast<std::size_t>(op.target));
  if (posted.state != "stands" && !twisted(Twist::kReversedTwice))
    return op.kind == Kind::kUndo ? "nothing" : "E_ALREADY_REVERSED";
  posted.state = op.kind == Kind::kUndo ? "undone" : "cancelled";
  const Amount all = sum_of(all_of(posted));
  const Amount kept = give_back(all_of(posted));
  return "back " + yuan_text(all - kept) + " suspense " + yuan_text(kept) + " cash " +
         yuan_text(posted.cash);
}

// GX-14.
std::string LedgerModel::payable(const Piece& piece) {
  const Human& owner = humans_[static_cast<std::size_t>(piece.owner)];
  const Link* link = link_of(piece.link);
  if (piece.link != 0 && link == nullptr) return "E_NO_NETWORK";
  if (owner.account != "usable") return "E_ACCOUNT_UNUSABLE";
  const auto in_year = owner.current.find(piece.year);
  const Amount of_year =
      in_year == owner.current.end() || piece.year <= owner.rolled ? 0 : in_year->second;
  const Amount held = piece.year == 0 ? owner.carryover : of_year;
  if (piece.link == 0) return held < piece.amount ? "E_FUND_EMPTY" : "";
  const std::string& family = networks_.at(piece.owner).family;
  const bool above_floor =
      shareable(piece.owner, family) >= piece.amount || twisted(Twist::kReapplyBelowTheFloor);
  if (held < piece.amount || !above_floor) return family == "SH" ? "E_FUND_EMPTY" : "E_FLOOR";
  return family == "SX" && link->quota_left < piece.amount ? "E_QUOTA" : "";
}

std::string LedgerModel::reapply(const Operation& op) {
  const auto place = static_cast<std::size_t>(op.target);
  if (settlements_.at(place).state != "cancelled") return "nothing";
  const LedgerModel before = *this;
  for (const Piece& piece : all_of(settlements_[place])) {
    const std::string why_not = payable(piece);
    if (!why_not.empty()) {
      humans_ = before.humans_;
      links_ = before.links_;
      return why_not;
    }
    take({piece});
  }
  settlements_[place].state = "stands";
  return "ok";
}

// GX-07: all or nothing.
std::string LedgerModel::refund(const Operation& op) {
  const auto place = static_cast<std::size_t>(op.target);
  if (settlements_.at(place).state != "stands") return "E_ALREADY_REVERSED";
  const LedgerModel before = *this;
  give_back(all_of(settlements_[place]));
  Verdict verdict = judge(op.who, op.bill);
  if (verdict.refusal.empty() && verdict.posted.bill > settlements_[place].bill)
    verdict.refusal = "E_FIELD";
  if (!verdict.refusal.empty()) {
    humans_ = before.humans_;
    links_ = before.links_;
    suspense_ = before.suspense_;
    return verdict.refusal;
  }
  settlements_[place].state = "cancelled";
  verdict.posted.asked = op;
  const std::string answer = told(verdict, op.who);
  take(all_of(verdict.posted));
  settlements_.push_back(verdict.posted);
  return answer;
}

}  // namespace gongji::model
