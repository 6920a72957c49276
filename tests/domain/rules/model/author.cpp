#include "tests/domain/rules/model/author.hpp"

#include <algorithm>

namespace gongji::model {
namespace {

const std::vector<std::string> kShanghai{"310101", "310115"};
const std::vector<std::string> kShanxi{"140107", "140106"};
const std::vector<std::string> kAnywhere{"310101", "310115", "140107", "140106", "520000"};
const std::vector<std::string> kRelations{"SPOUSE",  "PARENT",      "CHILD",
                                          "SIBLING", "GRANDPARENT", "GRANDCHILD"};

const std::vector<std::string> kGroups{"TEKUN",      "DIBAO",          "MONITORED",
                                       "DIBAO_EDGE", "OUT_OF_POVERTY", "UNLISTED"};

struct Weight {
  Kind kind;
  int weight;
};
constexpr Weight kWeights[] = {
    {Kind::kSettle, 26},     {Kind::kSettleAsQuoted, 4}, {Kind::kCancel, 7},
    {Kind::kUndo, 3},        {Kind::kReapply, 5},        {Kind::kRefund, 3},
    {Kind::kForm, 5},        {Kind::kBind, 12},          {Kind::kRebind, 3},
    {Kind::kCorrect, 2},     {Kind::kModes, 4},          {Kind::kUnbind, 2},
    {Kind::kLeave, 1},       {Kind::kDisband, 1},        {Kind::kReport, 10},
    {Kind::kCredit, 7},      {Kind::kDebit, 2},          {Kind::kRoll, 4},
    {Kind::kTransferOut, 1}, {Kind::kContribute, 13},    {Kind::kTax, 4},
    {Kind::kInsurer, 4}};

const std::vector<std::string>& areas_like(const std::string& area) {
  if (area.substr(0, 2) == "31") return kShanghai;
  return area.substr(0, 2) == "14" ? kShanxi : kAnywhere;
}

std::string family_like(const std::string& area) { return area.substr(0, 2) == "14" ? "SX" : "SH"; }

}  // namespace

Author::Author(std::uint64_t seed) : chance_(seed) {
  cast_neighbourhood("31", 10);
  cast_neighbourhood("31", 6);
  cast_neighbourhood("14", 10);
  cast_neighbourhood("14", 7);
  cast_neighbourhood("14", 5);
  cast_neighbourhood("", 8);
}

void Author::cast_neighbourhood(const std::string& province, int size) {
  const int number = static_cast<int>(neighbourhoods_.size());
  neighbourhoods_.emplace_back();
  for (int i = 0; i < size; ++i) {
    CastMember member;
    member.neighbourhood = number;
    member.area = any_of(province.empty() ? kAnywhere : areas_like(province));
    member.scheme = below(5) < 3 ? "employee" : (one_in(6) ? "help" : "resident");
    if (member.scheme == "employee") {
      member.current_year = one_in(3) ? 0 : below(90'000);
      member.carryover = one_in(8) ? 0 : below(400'000);
      if (member.area.substr(0, 2) == "14") member.carryover += 80'000;  // near the floor and above
    }
    if (member.scheme == "resident" && one_in(3)) member.group = any_of(kGroups);
    neighbourhoods_.back().push_back(static_cast<int>(cast_.size()));
    cast_.push_back(member);
  }
}

const std::vector<int>& Author::neighbours(int who) const {
  const int number = cast_[static_cast<std::size_t>(who)].neighbourhood;
  return neighbourhoods_[static_cast<std::size_t>(number)];
}

int Author::below(int limit) {
  return static_cast<int>(chance_() % static_cast<std::uint64_t>(std::max(limit, 1)));
}
int Author::anybody() { return below(static_cast<int>(cast_.size())); }
int Author::neighbour(int who) { return any_of(neighbours(who)); }

int Author::employee() {
  for (int tries = 0; tries < 20; ++tries) {
    const int who = anybody();
    if (cast_[static_cast<std::size_t>(who)].scheme == "employee") return who;
  }
  return 0;
}

int Author::organiser_of_somebody(const LedgerModel& ledger) {
  if (ledger.links().empty() || one_in(10)) return employee();
  return any_of(ledger.links()).organiser;
}

// Mostly one of the latest.
int Author::recent(std::size_t count) {
  const int all = static_cast<int>(count);
  return one_in(4) ? below(all) : all - 1 - below(std::min(all, 12));
}

// Small, usual, or just about what somebody has or needs.
Amount Author::amount(const LedgerModel& ledger, int about) {
  const Human& human = ledger.humans()[static_cast<std::size_t>(about)];
  switch (below(8)) {
    case 0: return below(4);
    case 1: return std::max<Amount>(0, human.carryover + below(3) - 1);
    case 2: return std::max<Amount>(0, human.carryover + human.current_year() - 99'999 - below(3));
    case 3: return 38'000 + below(2'100);
    default: return below(60'000);
  }
}

Kind Author::kind() {
  int sum = 0;
  for (const Weight& each : kWeights) sum += each.weight;
  int drawn = below(sum);
  for (const Weight& each : kWeights) {
    if (drawn < each.weight) return each.kind;
    drawn -= each.weight;
  }
  return Kind::kSettle;
}

Operation Author::next(const LedgerModel& ledger) {
  if (one_in(8)) day_ += 1 + below(3);
  Operation op;
  op.day = day_;
  op.kind = kind();
  const bool nothing_posted =
      ledger.settlements().empty() && (op.kind == Kind::kCancel || op.kind == Kind::kUndo ||
                                       op.kind == Kind::kReapply || op.kind == Kind::kRefund);
  const bool nothing_ordered =
      ledger.orders().empty() && (op.kind == Kind::kTax || op.kind == Kind::kInsurer);
  if (nothing_posted || nothing_ordered) op.kind = Kind::kBind;
  write(op, ledger);
  return op;
}

void Author::write(Operation& op, const LedgerModel& ledger) {
  switch (op.kind) {
    case Kind::kSettle:
    case Kind::kSettleAsQuoted: return write_bill(op, ledger);
    case Kind::kCancel:
    case Kind::kUndo:
    case Kind::kReapply:
    case Kind::kRefund: return write_reversal(op, ledger);
    case Kind::kForm:
    case Kind::kModes:
    case Kind::kDisband: return write_network(op, ledger);
    case Kind::kBind:
    case Kind::kRebind:
    case Kind::kCorrect:
    case Kind::kUnbind:
    case Kind::kLeave: return write_link(op, ledger);
    case Kind::kReport: return write_report(op, ledger);
    case Kind::kCredit:
    case Kind::kDebit:
    case Kind::kRoll:
    case Kind::kTransferOut: return write_money(op, ledger);
    case Kind::kContribute:
    case Kind::kTax:
    case Kind::kInsurer: return write_order(op, ledger);
  }
}

void Author::write_bill(Operation& op, const LedgerModel& ledger) {
  const bool bound = !ledger.links().empty() && !one_in(5);
  Link link = bound ? any_of(ledger.links()) : Link{};
  if (bound && !link.said.quota) link = any_of(ledger.links());
  op.who = bound ? link.said.member : anybody();
  BillOf& bill = op.bill;
  const int about = bound ? link.organiser : op.who;
  const Amount borne = amount(ledger, one_in(2) ? op.who : about);
  if (one_in(5)) bill.pooled = below(9'000);
  if (one_in(6)) bill.hospital = below(500);
  bill.total = borne + bill.pooled + bill.hospital;
  if (one_in(4)) bill.own_pay = borne / (1 + below(5));
  if (one_in(3)) bill.listed = bill.own_pay / (1 + below(3));
  if (one_in(4)) bill.taken = std::min<Amount>(borne - bill.own_pay, below(30'000));
  bill.pharmacy = one_in(2);
  bill.designated = !one_in(25);
  const std::string& area = ledger.humans()[static_cast<std::size_t>(op.who)].area;
  bill.place = one_in(20) ? "110101" : area;
  bill.own_card = !one_in(40);
  bill.use_account = !one_in(25);
  bill.use_family = !one_in(20);
  if (op.kind != Kind::kSettleAsQuoted) return;
  op.quoted = LedgerModel{ledger}.split_now(op);
  if (one_in(2)) op.quoted.family += below(3) - 1;
}

void Author::write_reversal(Operation& op, const LedgerModel& ledger) {
  op.target = recent(ledger.settlements().size());
  for (int tries = 0; op.kind == Kind::kReapply && tries < 8; ++tries)
    if (ledger.settlements()[static_cast<std::size_t>(op.target)].state != "cancelled")
      op.target = recent(ledger.settlements().size());
  const Operation& first = ledger.settlements()[static_cast<std::size_t>(op.target)].asked;
  op.who = first.who;
  if (op.kind != Kind::kRefund) return;
  op.bill = first.bill;
  const Amount less = below(20'000) - 10;
  op.bill.total =
      std::max<Amount>(first.bill.pooled + first.bill.hospital, first.bill.total - less);
}

std::vector<std::string> Author::modes() {
  switch (below(6)) {
    case 0: return {"PAY"};
    case 1: return {"PREMIUM"};
    default: return {"PAY", "PREMIUM"};
  }
}

void Author::write_tie(Operation& op, const LedgerModel& ledger, int organiser) {
  Tie tie;
  tie.member = neighbour(organiser);
  tie.relation = one_in(25) ? "OTHER" : any_of(kRelations);
  if (one_in(10)) tie.modes = modes();
  if (op.family != "SX" && !one_in(12)) {
    op.ties.push_back(tie);
    return;
  }
  const Human& human = ledger.humans()[static_cast<std::size_t>(organiser)];
  const Amount above = human.carryover + human.current_year() - 100'000;
  tie.quota = one_in(3) ? std::max<Amount>(0, above + below(3) - 1) : below(60'000);
  tie.from = day_ + below(12) - 8;
  tie.to = *tie.from + (one_in(3) ? below(30) : below(300));
  if (one_in(5)) tie.quota = 40'000;         // a premium
  for (const Link& link : ledger.links()) {  // right after another window
    if (!link.said.to || link.organiser == organiser || !one_in(60)) continue;
    const auto& near = neighbours(organiser);
    if (std::find(near.begin(), near.end(), link.said.member) == near.end()) continue;
    tie.member = link.said.member;
    tie.from = *link.said.to + 1;
    tie.to = *tie.from + below(60);
  }
  if (one_in(40)) tie.quota.reset();
  if (one_in(40)) tie.to.reset();
  op.ties.push_back(tie);
}

void Author::write_network(Operation& op, const LedgerModel& ledger) {
  op.who = op.kind == Kind::kForm ? employee() : organiser_of_somebody(ledger);
  if (!one_in(12)) op.modes = modes();
  if (op.kind != Kind::kForm) return;
  op.family = family_like(ledger.humans()[static_cast<std::size_t>(op.who)].area);
  if (one_in(40)) op.family = op.family == "SH" ? "SX" : "SH";
  for (int members = below(4); members > 0; --members) write_tie(op, ledger, op.who);
}

void Author::write_link(Operation& op, const LedgerModel& ledger) {
  const bool known = op.kind != Kind::kBind && !ledger.links().empty() && !one_in(8);
  const Link link = known ? any_of(ledger.links()) : Link{};
  op.who = known ? link.organiser : (one_in(2) ? organiser_of_somebody(ledger) : employee());
  if (one_in(25)) op.who = anybody();
  op.other = known ? link.said.member : neighbour(op.who);
  if (op.kind == Kind::kUnbind || op.kind == Kind::kLeave) return;
  op.family = family_like(ledger.humans()[static_cast<std::size_t>(op.who)].area);
  if (op.kind == Kind::kBind && one_in(40)) op.family = op.family == "SH" ? "SX" : "SH";
  write_tie(op, ledger, op.who);
  if (known) op.ties.front().member = op.other;
  op.other = -1;
}

void Author::write_report(Operation& op, const LedgerModel& ledger) {
  op.who = anybody();
  const Human& human = ledger.humans()[static_cast<std::size_t>(op.who)];
  const bool mixed = neighbours(op.who).size() == 8;
  const bool well = !one_in(4);
  switch (below(6)) {
    case 0: op.what = "status", op.value = well ? "1" : (one_in(2) ? "2" : "4"); return;
    case 1:
      if (!one_in(3)) return write_report(op, ledger);  // people move seldom
      op.what = "area", op.value = any_of(mixed ? kAnywhere : areas_like(human.area));
      return;
    case 2: op.what = "twice", op.value = well ? "no" : "yes"; return;
    case 3: return write_main_account(op, ledger);
    case 4:
      op.what = "group";
      op.value = one_in(3) ? "" : any_of(kGroups);
      return;
    default:
      op.what = "account";
      op.value = well ? "usable" : (one_in(12) ? "closed" : "frozen");
      if (human.account == "closed") op.value = "closed";
  }
}

// The choice counts only for those insured twice, who are few: one of them reports if there is one,
// and chooses wrongly half the time, so that every history shows what follows.
void Author::write_main_account(Operation& op, const LedgerModel& ledger) {
  const auto twice = [&](int who) {
    return ledger.humans()[static_cast<std::size_t>(who)].twice_insured;
  };
  for (const int near : neighbours(op.who))
    if (twice(near) && (!twice(op.who) || one_in(2))) op.who = near;
  op.what = "main";
  op.value = one_in(twice(op.who) ? 2 : 8) ? "wrong" : (one_in(8) ? "none" : "right");
}

void Author::write_money(Operation& op, const LedgerModel& ledger) {
  op.who = one_in(12) ? anybody() : (one_in(2) ? employee() : organiser_of_somebody(ledger));
  op.what = below(5) < 3 ? "carryover" : "current_year";
  op.amount = 1 + below(op.kind == Kind::kCredit ? 150'000 : 40'000);
  if (op.kind == Kind::kTransferOut && !one_in(3)) op.kind = Kind::kCredit;  // seldom: it is final
  if (op.kind != Kind::kRoll) return;
  op.what.clear();
  op.year = insurance_year(day_) - 1 - (one_in(8) ? 1 : 0) + (one_in(8) ? 1 : 0);
  op.amount = one_in(3) ? below(500) : 0;
}

void Author::write_order(Operation& op, const LedgerModel& ledger) {
  if (op.kind != Kind::kContribute) {
    op.target = recent(ledger.orders().size());
    op.who = ledger.orders()[static_cast<std::size_t>(op.target)].person;
    op.accepted = !one_in(3);
    return;
  }
  const bool bound = !ledger.links().empty() && !one_in(5);
  Link link = bound ? any_of(ledger.links()) : Link{};
  if (bound && !link.said.quota) link = any_of(ledger.links());  // Shanxi has the richer rules
  op.who = bound ? link.said.member : anybody();
  switch (below(8)) {
    case 0: op.other = -1; break;
    case 1: op.other = neighbour(op.who); break;
    case 2:
    case 3: op.other = op.who; break;
    default: op.other = bound ? link.organiser : neighbour(op.who);
  }
  const bool product = one_in(3);
  op.purpose = product ? "COMMERCIAL" : (one_in(20) ? "LONG_TERM_CARE" : "RESIDENT_PREMIUM");
  if (product && !one_in(15)) op.product = "HUHUIBAO";
  op.year = one_in(20) ? 2031 : (one_in(3) ? 2025 + below(3) : 2026);
}

}  // namespace gongji::model
