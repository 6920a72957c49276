#include "app/gongjictl/audit_accounts.hpp"

#include <algorithm>

#include "app/gongjictl/audit_names.hpp"

namespace gongji::ctl {
namespace {

using Accounts = std::unordered_map<PersonId, AuditAccount>;

// Posts one record's events; what cannot be right goes to `problems`.
class Post {
 public:
  Post(Accounts& accounts, const JournalRecord& record, ProblemList& problems)
      : accounts_(accounts), record_(record), problems_(problems) {}

  void operator()(const Settled& e) {
    take(e.own);
    take(e.family);
    if (e.taken_by_year.empty()) take({e.patient, Bucket::kCurrentYear, e.current_year_taken, {}});
    for (const YearMoney& part : e.taken_by_year)
      take({e.patient, Bucket::kCurrentYear, part.amount, {}, part.year});
  }
  void operator()(const SettlementReversed& e) { give_back(e.returned, e.suspense); }
  void operator()(const SettlementReapplied& e) { take(e.taken); }
  void operator()(const PersonEnrolled& e) {
    const Person& person = e.person;
    AuditAccount account;
    account.current_year = person.current_year;
    account.carryover = person.carryover;
    account.dated = person.year_money;
    account.rolled_year = person.rolled_year;
    account.closed = person.account_state == AccountState::kClosed;
    if (!accounts_.emplace(person.id, std::move(account)).second)
      say("enrols " + person.id.text() + ", who is in the books already");
  }
  void operator()(const PersonDetailsChanged& e) {
    if (AuditAccount* account = find(e.person.id))
      account->closed = e.person.account_state == AccountState::kClosed;
  }
  void operator()(const NetworkFormed&) {}
  void operator()(const ModesConfirmed&) {}
  void operator()(const MemberBound&) {}
  void operator()(const MemberUnbound&) {}
  void operator()(const NetworkDisbanded&) {}
  void operator()(const HouseholdDeparted& e) { carried(e.contents); }
  void operator()(const ContentsArrived& e) { carried(e.contents); }
  void operator()(const RelationCorrected&) {}
  void operator()(const AccountCredited& e) {
    AuditAccount* account = find(e.person);
    if (account == nullptr) return;
    if (account->closed) say("credits the closed account of " + e.person.text());
    if (!e.amount.is_positive()) say("credits nothing or less than nothing");
    if (e.bucket == Bucket::kCurrentYear)
      account->add_current_year(e.year, e.amount);
    else
      account->carryover += e.amount;
  }
  void operator()(const AccountDebited& e) {
    if (!e.amount.is_positive()) say("debits nothing or less than nothing");
    take({e.person, e.bucket, e.amount, {}});
  }
  void operator()(const YearRolled& e) {
    AuditAccount* account = find(e.person);
    if (account == nullptr) return;
    const std::string what = "rolls year " + std::to_string(e.year) + " of " + e.person.text();
    if (e.year <= account->rolled_year)
      return say(what + " again; " + std::to_string(account->rolled_year) + " is rolled");
    const Fen due = account->due_in(e.year);
    if (e.moved != due)
      say(what + " and moves " + to_yuan_text(e.moved) + "; due was " + to_yuan_text(due));
    if (e.interest.is_negative()) say(what + " with negative interest");
    account->current_year -= e.moved;
    account->carryover += e.moved + e.interest;
    account->rolled_year = e.year;
    std::erase_if(account->dated, [&](const YearMoney& part) { return part.year <= e.year; });
  }
  void operator()(const AccountTransferredOut& e) {
    AuditAccount* account = find(e.person);
    if (account == nullptr) return;
    if (account->current_year != e.current_year || account->carryover != e.carryover)
      say("empties the account of " + e.person.text() + " of " +
          to_yuan_text(e.current_year + e.carryover) + ", which held " +
          to_yuan_text(account->current_year + account->carryover));
    account->current_year -= e.current_year;
    account->carryover -= e.carryover;
    account->dated.clear();
    account->closed = true;
  }
  void operator()(const ContributionOrdered& e) { take(e.order.legs); }
  void operator()(const ContributionAnswered&) {}
  void operator()(const ContributionInsured&) {}
  void operator()(const ContributionReversed& e) { give_back(e.returned, e.suspense); }
  void operator()(const ReviewMarked&) {}

  void compare(const BalanceAfter& claimed) {
    const AuditAccount* account = find(claimed.person);
    if (account == nullptr) return;
    if (account->current_year != claimed.current_year || account->carryover != claimed.carryover)
      say("claims " + to_yuan_text(claimed.current_year) + " and " +
          to_yuan_text(claimed.carryover) + " for " + claimed.person.text() +
          "; the account comes to " + to_yuan_text(account->current_year) + " and " +
          to_yuan_text(account->carryover));
    if (account->current_year.is_negative() || account->carryover.is_negative())
      say("leaves the account of " + claimed.person.text() + " below zero");
  }

 private:
  void say(const std::string& what) { problems_.add(name(record_) + " " + what); }

  AuditAccount* find(const PersonId& person) {
    const auto found = accounts_.find(person);
    if (found != accounts_.end()) return &found->second;
    say("speaks of the account of " + person.text() + ", who was never enrolled");
    return nullptr;
  }
  void take(const Leg& leg) {
    AuditAccount* account = leg.amount.is_zero() ? nullptr : find(leg.owner);
    if (account == nullptr) return;
    if (leg.bucket == Bucket::kCurrentYear)
      account->take_current_year(leg.year, leg.amount);
    else
      account->carryover -= leg.amount;
  }
  void take(const std::vector<Leg>& legs) {
    for (const Leg& leg : legs) take(leg);
  }
  void give_back(const std::vector<Leg>& returned, const std::vector<Leg>& suspense) {
    for (const Leg& leg : returned)
      if (AuditAccount* account = find(leg.owner)) {
        if (leg.bucket == Bucket::kCurrentYear)
          account->add_current_year(leg.year, leg.amount);
        else
          account->carryover += leg.amount;
      }
    for (const Leg& leg : suspense)
      if (AuditAccount* account = find(leg.owner)) account->suspense += leg.amount;
  }
  // Who travels takes along what his account holds, no more and no less.
  void carried(const Household& contents) {
    for (const Person& person : contents.persons) {
      const AuditAccount* account = find(person.id);
      if (account == nullptr) continue;
      Fen waiting;
      for (const SuspenseEntry& entry : contents.suspense)
        if (entry.owner == person.id) waiting += entry.amount;
      if (account->current_year != person.current_year || account->carryover != person.carryover ||
          account->suspense != waiting)
        say("carries " + to_yuan_text(person.total() + waiting) + " of " + person.id.text() +
            ", whose account holds " +
            to_yuan_text(account->current_year + account->carryover + account->suspense));
    }
  }

  Accounts& accounts_;
  const JournalRecord& record_;
  ProblemList& problems_;
};

}  // namespace

Fen AuditAccount::due_in(int year) const {
  Fen due = current_year;
  for (const YearMoney& part : dated)
    if (part.year > year) due -= part.amount;
  return due;
}

// Without a year: the oldest first, which is what has no known year.
void AuditAccount::take_current_year(int year, Fen amount) {
  Fen older = current_year;
  for (const YearMoney& part : dated) older -= part.amount;
  current_year -= amount;
  Fen rest = year == 0 ? max(Fen{}, amount - older) : amount;
  for (YearMoney& part : dated) {
    if (year != 0 && part.year != year) continue;
    const Fen taken = min(rest, part.amount);
    part.amount -= taken;
    rest -= taken;
  }
  std::erase_if(dated, [](const YearMoney& part) { return part.amount.is_zero(); });
}

void AuditAccount::add_current_year(int year, Fen amount) {
  current_year += amount;
  const auto same = std::find_if(dated.begin(), dated.end(),
                                 [&](const YearMoney& part) { return part.year == year; });
  if (same != dated.end()) {
    same->amount += amount;
    return;
  }
  dated.push_back({year, amount});
  std::sort(dated.begin(), dated.end(),
            [](const YearMoney& left, const YearMoney& right) { return left.year < right.year; });
}

void AccountCheck::check(const JournalRecord& record, ProblemList& problems) {
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) return;
  Post post{accounts_, record, problems};
  for (const Event& event : *events) std::visit(post, event);
  for (const BalanceAfter& claimed : record.balances) post.compare(claimed);
}

void AccountCheck::finish(const AuditTotals& totals, ProblemList& problems) const {
  Fen sum;
  for (const auto& [person, account] : accounts_)
    sum += account.current_year + account.carryover + account.suspense;
  if (sum != totals.found())
    problems.add("all accounts together come to " + to_yuan_text(sum) + ", all households to " +
                 to_yuan_text(totals.found()));
}

const AuditAccount* AccountCheck::find(const PersonId& person) const {
  const auto found = accounts_.find(person);
  return found == accounts_.end() ? nullptr : &found->second;
}

}  // namespace gongji::ctl
