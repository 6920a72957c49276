// What all parts of the ledger ask: whose rules apply, what a fund may pay, out of which bucket.
#include "tests/domain/rules/model/ledger_model.hpp"

#include <algorithm>
#include <chrono>

namespace gongji::model {
namespace {

using namespace std::chrono;

year_month_day date_of(int day) { return sys_days{2026y / May / 1} + days{day}; }

bool names(const std::vector<std::string>& modes, const std::string& mode) {
  return std::find(modes.begin(), modes.end(), mode) != modes.end();
}

}  // namespace

int civil_year(int day) { return static_cast<int>(date_of(day).year()); }

int insurance_year(int day) {
  const year_month_day date = date_of(day);
  return static_cast<int>(date.year()) + (date.month() >= July ? 1 : 0);
}

std::string yuan_text(Amount amount) {
  const std::string cents = std::to_string(amount % 100);
  return std::to_string(amount / 100) + "." + (cents.size() == 1 ? "0" : "") + cents;
}

Amount Human::current_year() const {
  Amount sum = 0;
  for (const auto& [year, amount] : current) sum += amount;
  return sum;
}

LedgerModel::LedgerModel(const Cast& cast, Twist twist) : twist_(twist) {
  for (const CastMember& member : cast) {
    Human human;
    human.scheme = member.scheme;
    human.area = member.area;
    human.carryover = member.carryover;
    human.group = member.group;
    const bool shanghai = member.area.substr(0, 2) == "31";
    if (member.current_year > 0)
      human.current[shanghai ? insurance_year(0) : 1] = member.current_year;
    humans_.push_back(human);
  }
}

std::string LedgerModel::run(const Operation& op) {
  today_ = op.day;
  switch (op.kind) {
    case Kind::kSettle:
    case Kind::kSettleAsQuoted: return settle(op);
    case Kind::kCancel:
    case Kind::kUndo: return reverse(op);
    case Kind::kReapply: return reapply(op);
    case Kind::kRefund: return refund(op);
    case Kind::kForm: return form(op);
    case Kind::kBind: return bind(op);
    case Kind::kRebind: return rebind(op);
    case Kind::kCorrect: return correct(op);
    case Kind::kModes: return set_modes(op);
    case Kind::kUnbind:
    case Kind::kLeave: return unbind(op);
    case Kind::kDisband: return disband(op.who);
    case Kind::kReport: return report(op);
    case Kind::kCredit: return credit(op);
    case Kind::kDebit: return debit(op);
    case Kind::kRoll: return roll(op);
    case Kind::kTransferOut: return transfer_out(op.who);
    case Kind::kContribute: return contribute(op);
    case Kind::kTax: return hear_tax(op);
    case Kind::kInsurer: return hear_insurer(op);
  }
  return "?";
}

Amount LedgerModel::suspense_of(int human) const {
  const auto found = suspense_.find(human);
  return found == suspense_.end() ? 0 : found->second;
}

bool LedgerModel::live(const Link& link) const {
  const int end = twisted(Twist::kWindowEndsADayEarly) ? 1 : 0;
  return (!link.said.from || *link.said.from <= today_) &&
         (!link.said.to || today_ <= *link.said.to - end);
}

std::string LedgerModel::family_of_area(int human) const {
  const std::string province = humans_[static_cast<std::size_t>(human)].area.substr(0, 2);
  return province == "31" ? "SH" : (province == "14" ? "SX" : "");
}

bool LedgerModel::in_area(int human, const std::string& family) const {
  return family_of_area(human) == family;
}

std::string LedgerModel::family_of(int human) const {
  for (const Link& link : links_)
    if (link.said.member == human && live(link)) return networks_.at(link.organiser).family;
  const auto own = networks_.find(human);
  return own != networks_.end() ? own->second.family : family_of_area(human);
}

bool LedgerModel::organises(int human) const {
  const auto own = networks_.find(human);
  if (own == networks_.end()) return false;
  return own->second.family == "SH" ||
         std::any_of(links_.begin(), links_.end(),
                     [&](const Link& link) { return link.organiser == human; });
}

Link* LedgerModel::link_of(int number) {
  for (Link& link : links_)
    if (link.number == number) return &link;
  return nullptr;
}

// SH-08, SH-09; SX-05.
Amount LedgerModel::shareable(int organiser, const std::string& family) const {
  const Human& human = humans_[static_cast<std::size_t>(organiser)];
  if (human.scheme != "employee") return 0;
  const Amount floor = twisted(Twist::kFloorOneFenLower) ? 99'999 : 100'000;
  const Amount whole = human.carryover + human.current_year();
  if (family == "SX") return std::max<Amount>(0, whole - floor);
  return twisted(Twist::kCurrentYearMoneyShared) ? whole : human.carryover;
}

// What stands against this link, in the fixed order; the later it stands, the higher its rank.
LedgerModel::Objection LedgerModel::objection(const Link& link, int patient_number,
                                              const std::string& mode) const {
  const Network& network = networks_.at(link.organiser);
  const Human& patient = humans_[static_cast<std::size_t>(patient_number)];
  const Human& organiser = humans_[static_cast<std::size_t>(link.organiser)];
  const bool shanxi = network.family == "SX";
  const bool both = shanxi && !twisted(Twist::kSuspendedAuthoriserPays);
  const bool twice = shanxi && !twisted(Twist::kDuplicatesForgotten);
  const auto chose = [&](const char* main) {
    return (patient.twice_insured && patient.main_account == main) ||
           (organiser.twice_insured && organiser.main_account == main);
  };
  const bool moved = link.member_area != patient.area || link.organiser_area != organiser.area;
  const auto modes = network.confirmed ? network.modes : std::vector<std::string>{"PAY", "PREMIUM"};
  const bool of_link =
      link.said.modes.empty() || names(link.said.modes, mode) || twisted(Twist::kLinkModesIgnored);

  if (!live(link)) return {1, "E_WINDOW"};
  if (!in_area(patient_number, network.family) || (shanxi && patient.scheme == "help"))
    return {2, "E_NOT_INSURED"};
  if (patient.status == 4 || (both && organiser.status == 4)) return {2, "E_NOT_INSURED"};
  if (patient.status == 2 || (both && organiser.status == 2)) return {3, "E_SUSPENDED"};
  if (twice && chose("none")) return {4, "E_DUP_INSURED"};
  if (twice && chose("wrong")) return {5, "E_WRONG_MAIN"};
  if (shanxi && moved && !twisted(Twist::kMovedMemberPays)) return {6, "E_PLACE_CHANGED"};
  if (organiser.account != "usable" && !twisted(Twist::kFrozenFundPays))
    return {7, "E_ACCOUNT_UNUSABLE"};
  if (!shanxi && !network.confirmed && !twisted(Twist::kUnconfirmedModesPay))
    return {8, "E_MODE_UNCONFIRMED"};
  if (!names(modes, mode) || !of_link) return {8, "E_MODE_OFF"};
  return {};
}

LedgerModel::Objection LedgerModel::objection_to_bill(const Link& link, const BillOf& bill,
                                                      int patient) const {
  const Objection first = objection(link, patient, "PAY");
  if (!first.code.empty()) return first;
  const std::string& family = networks_.at(link.organiser).family;
  const std::string province = bill.place.substr(0, 2);
  if (!bill.designated) return {9, "E_NOT_DESIGNATED"};
  if (province != (family == "SH" ? "31" : "14") && !twisted(Twist::kUsableAnywhere))
    return {9, "E_OUT_OF_PROVINCE"};
  if (shareable(link.organiser, family) == 0)
    return {10, family == "SH" ? "E_FUND_EMPTY" : "E_FLOOR"};
  if (family == "SX" && link.quota_left == 0) return {11, "E_QUOTA"};
  return {};
}

// SH: carry-over. SX: current-year money, the oldest first, then carry-over.
std::vector<Piece> LedgerModel::draw(int number, const std::vector<bool>& current_first,
                                     Amount amount, int link) const {
  const Human& human = humans_[static_cast<std::size_t>(number)];
  std::vector<Piece> pieces;
  const auto put = [&](int year, Amount held) {
    const Amount part = std::min(amount, held);
    if (part > 0) pieces.push_back({number, year, part, link});
    amount -= std::max<Amount>(part, 0);
  };
  for (const bool current : current_first) {
    if (!current)
      put(0, human.carryover);
    else if (twisted(Twist::kNewestYearFirst))
      for (auto at = human.current.rbegin(); at != human.current.rend(); ++at)
        put(at->first, at->second);
    else
      for (const auto& [year, held] : human.current) put(year, held);
  }
  return pieces;
}

std::vector<Piece> LedgerModel::draw_fund(const Link& link, Amount amount) const {
  const bool whole =
      networks_.at(link.organiser).family == "SX" || twisted(Twist::kCurrentYearMoneyShared);
  const auto buckets = whole ? std::vector<bool>{true, false} : std::vector<bool>{false};
  return draw(link.organiser, buckets, amount, link.number);
}

}  // namespace gongji::model
